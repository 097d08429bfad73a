-- A record of step 0001, as that version of contested made it of examples/record.jsonl: the last report waits, one
-- statement is rejected. Frozen: never make it anew, it stands for the records that people have.
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE called (
	name TEXT NOT NULL, 
	place VARCHAR(80) NOT NULL, 
	CONSTRAINT pk_called PRIMARY KEY (name, place)
)
 WITHOUT ROWID;
CREATE TABLE incident (
	number INTEGER NOT NULL, 
	id VARCHAR(16) NOT NULL, 
	type VARCHAR(16) NOT NULL, 
	mode VARCHAR(20), 
	start DATE, 
	"end" DATE, 
	place VARCHAR(80), 
	reports INTEGER NOT NULL, 
	voices INTEGER NOT NULL, 
	known DATE, 
	body JSON NOT NULL, 
	CONSTRAINT pk_incident PRIMARY KEY (number), 
	CONSTRAINT uq_incident_id UNIQUE (id)
);
CREATE INDEX ix_incident_place ON incident (place);
CREATE INDEX ix_incident_start ON incident (start);
CREATE TABLE inside (
	place VARCHAR(80) NOT NULL, 
	holder VARCHAR(80) NOT NULL, 
	depth INTEGER NOT NULL, 
	CONSTRAINT pk_inside PRIMARY KEY (place, holder)
)
 WITHOUT ROWID;
CREATE INDEX ix_inside_holder ON inside (holder, place);
CREATE TABLE judgement (
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	who TEXT NOT NULL, 
	what VARCHAR(16) NOT NULL, 
	target TEXT NOT NULL, 
	value JSON NOT NULL, 
	note TEXT, 
	undone_at DATETIME, 
	undone_by TEXT, 
	CONSTRAINT pk_judgement PRIMARY KEY (number)
);
CREATE INDEX ix_judgement_target ON judgement (what, target);
CREATE TABLE place (
	id VARCHAR(80) NOT NULL, 
	name TEXT NOT NULL, 
	lat FLOAT NOT NULL, 
	lon FLOAT NOT NULL, 
	radius_km FLOAT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	country VARCHAR(2), 
	CONSTRAINT pk_place PRIMARY KEY (id)
);
CREATE TABLE reading (
	number INTEGER NOT NULL, 
	reader VARCHAR(200) NOT NULL, 
	knowledge VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (number), 
	CONSTRAINT uq_reading_reader UNIQUE (reader, knowledge)
);
CREATE TABLE dispute (
	number INTEGER NOT NULL, 
	id VARCHAR(16) NOT NULL, 
	type VARCHAR(16) NOT NULL, 
	"update" BOOLEAN NOT NULL, 
	incident INTEGER, 
	place VARCHAR(80), 
	start DATE, 
	known DATE, 
	body JSON NOT NULL, 
	CONSTRAINT pk_dispute PRIMARY KEY (number), 
	CONSTRAINT fk_dispute_incident FOREIGN KEY(incident) REFERENCES incident (number) ON DELETE CASCADE, 
	CONSTRAINT uq_dispute_id UNIQUE (id)
);
CREATE INDEX ix_dispute_incident ON dispute (incident);
CREATE INDEX ix_dispute_place ON dispute (place);
CREATE INDEX ix_dispute_start ON dispute (start);
CREATE INDEX ix_dispute_type ON dispute (type, known);
CREATE TABLE report (
	number INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	content VARCHAR(16) NOT NULL, 
	outlet TEXT, 
	title TEXT, 
	url TEXT, 
	published DATE, 
	text TEXT NOT NULL, 
	extra JSON NOT NULL, 
	added DATETIME NOT NULL, 
	latest BOOLEAN NOT NULL, 
	voice INTEGER NOT NULL, 
	read_by INTEGER, 
	CONSTRAINT pk_report PRIMARY KEY (number), 
	CONSTRAINT fk_report_read_by FOREIGN KEY(read_by) REFERENCES reading (number), 
	CONSTRAINT uq_report_id UNIQUE (id, version)
);
CREATE INDEX ix_report_outlet ON report (outlet);
CREATE INDEX ix_report_published ON report (published);
CREATE INDEX ix_report_url ON report (url);
CREATE INDEX ix_report_voice ON report (voice);
CREATE TABLE band (
	report INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	hash VARCHAR(16) NOT NULL, 
	CONSTRAINT pk_band PRIMARY KEY (report, place), 
	CONSTRAINT fk_band_report FOREIGN KEY(report) REFERENCES report (number) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE INDEX ix_band_hash ON band (hash, place);
CREATE TABLE statement (
	number INTEGER NOT NULL, 
	report INTEGER NOT NULL, 
	id VARCHAR(16) NOT NULL, 
	kind VARCHAR(12) NOT NULL, 
	type VARCHAR(16) NOT NULL, 
	mode VARCHAR(20), 
	modality VARCHAR(10) NOT NULL, 
	start DATE, 
	"end" DATE, 
	published DATE, 
	day DATE, 
	source_class VARCHAR(12), 
	quote_start INTEGER NOT NULL, 
	quote TEXT NOT NULL, 
	body JSON NOT NULL, 
	found_by INTEGER NOT NULL, 
	gone INTEGER, 
	judged INTEGER, 
	overruled INTEGER, 
	CONSTRAINT pk_statement PRIMARY KEY (number), 
	CONSTRAINT fk_statement_found_by FOREIGN KEY(found_by) REFERENCES reading (number), 
	CONSTRAINT fk_statement_gone FOREIGN KEY(gone) REFERENCES reading (number), 
	CONSTRAINT fk_statement_judged FOREIGN KEY(judged) REFERENCES judgement (number), 
	CONSTRAINT fk_statement_overruled FOREIGN KEY(overruled) REFERENCES judgement (number), 
	CONSTRAINT fk_statement_report FOREIGN KEY(report) REFERENCES report (number), 
	CONSTRAINT uq_statement_report UNIQUE (report, id)
);
CREATE INDEX ix_statement_day ON statement (day);
CREATE INDEX ix_statement_judged ON statement (judged) WHERE judged IS NOT NULL;
CREATE INDEX ix_statement_kind ON statement (kind, day);
CREATE INDEX ix_statement_overruled ON statement (overruled) WHERE overruled IS NOT NULL;
CREATE INDEX ix_statement_published ON statement (published, report);
CREATE INDEX ix_statement_source_class ON statement (source_class, day);
CREATE INDEX ix_statement_start ON statement (start, "end", report);
CREATE INDEX ix_statement_told ON statement (kind, published);
CREATE INDEX ix_statement_type ON statement (type, day);
CREATE TABLE waiting (
	report INTEGER NOT NULL, 
	CONSTRAINT pk_waiting PRIMARY KEY (report), 
	CONSTRAINT fk_waiting_report FOREIGN KEY(report) REFERENCES report (number) ON DELETE CASCADE
);
CREATE TABLE disputed (
	dispute INTEGER NOT NULL, 
	statement INTEGER NOT NULL, 
	CONSTRAINT pk_disputed PRIMARY KEY (dispute, statement), 
	CONSTRAINT fk_disputed_dispute FOREIGN KEY(dispute) REFERENCES dispute (number) ON DELETE CASCADE, 
	CONSTRAINT fk_disputed_statement FOREIGN KEY(statement) REFERENCES statement (number) ON DELETE CASCADE
);
CREATE INDEX ix_disputed_statement ON disputed (statement);
CREATE TABLE harm (
	number INTEGER NOT NULL, 
	statement INTEGER NOT NULL, 
	effect VARCHAR(10) NOT NULL, 
	who TEXT, 
	low BIGINT, 
	high BIGINT, 
	CONSTRAINT pk_harm PRIMARY KEY (number), 
	CONSTRAINT fk_harm_statement FOREIGN KEY(statement) REFERENCES statement (number) ON DELETE CASCADE
);
CREATE INDEX ix_harm_statement ON harm (statement);
CREATE TABLE link (
	one INTEGER NOT NULL, 
	other INTEGER NOT NULL, 
	score FLOAT NOT NULL, 
	why JSON NOT NULL, 
	CONSTRAINT pk_link PRIMARY KEY (one, other), 
	CONSTRAINT fk_link_one FOREIGN KEY(one) REFERENCES statement (number) ON DELETE CASCADE, 
	CONSTRAINT fk_link_other FOREIGN KEY(other) REFERENCES statement (number) ON DELETE CASCADE
);
CREATE INDEX ix_link_other ON link (other);
CREATE TABLE party (
	number INTEGER NOT NULL, 
	statement INTEGER NOT NULL, 
	role VARCHAR(8) NOT NULL, 
	text TEXT NOT NULL, 
	party VARCHAR(80), 
	country VARCHAR(2), 
	CONSTRAINT pk_party PRIMARY KEY (number), 
	CONSTRAINT fk_party_statement FOREIGN KEY(statement) REFERENCES statement (number) ON DELETE CASCADE
);
CREATE INDEX ix_party_party ON party (party, statement);
CREATE INDEX ix_party_statement ON party (statement);
CREATE TABLE spot (
	number INTEGER NOT NULL, 
	statement INTEGER NOT NULL, 
	rank INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	place VARCHAR(80), 
	lat FLOAT, 
	lon FLOAT, 
	CONSTRAINT pk_spot PRIMARY KEY (number), 
	CONSTRAINT fk_spot_statement FOREIGN KEY(statement) REFERENCES statement (number) ON DELETE CASCADE
);
CREATE INDEX ix_spot_lat ON spot (lat, lon);
CREATE INDEX ix_spot_place ON spot (place, statement);
CREATE INDEX ix_spot_statement ON spot (statement);
CREATE TABLE told (
	statement INTEGER NOT NULL, 
	incident INTEGER NOT NULL, 
	again BOOLEAN NOT NULL, 
	CONSTRAINT pk_told PRIMARY KEY (statement), 
	CONSTRAINT fk_told_incident FOREIGN KEY(incident) REFERENCES incident (number) ON DELETE CASCADE, 
	CONSTRAINT fk_told_statement FOREIGN KEY(statement) REFERENCES statement (number) ON DELETE CASCADE
);
CREATE INDEX ix_told_incident ON told (incident);
CREATE VIRTUAL TABLE report_words USING fts5(title, text, content='report', content_rowid='number', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE quote_words USING fts5(quote, content='statement', content_rowid='number', tokenize='unicode61 remove_diacritics 2');
INSERT INTO "alembic_version" VALUES ('0001');
INSERT INTO "called" VALUES ('lund', 'file:lund');
INSERT INTO "called" VALUES ('oron', 'file:oron');
INSERT INTO "called" VALUES ('oron province', 'file:oron-province');
INSERT INTO "called" VALUES ('sund', 'file:sund');
INSERT INTO "called" VALUES ('the province', 'file:oron-province');
INSERT INTO "incident" VALUES (1, 'a4a858c35705c8a4', 'ASSAULT', 'heavy-weapons', '2019-03-08', '2019-03-08', 'file:oron', 2, 2, '2019-03-09', '{"incident": "a4a858c35705c8a4", "what": "shelling of a market in Oron", "date": "2019-03-08", "end": "2019-03-08", "place": "Oron", "type": "ASSAULT", "mode": "heavy-weapons", "voices": 2, "acled": {"event_type": "Explosions/Remote violence", "sub_event_type": "Shelling/artillery/missile attack", "disorder_type": "Political violence", "rule": "acled.shelling", "reason": null}, "ucdp": {"type_of_violence": null, "rule": "ucdp.undecided", "reason": "it is not told at whom it was aimed"}, "airwars": {"grade": "fair", "rule": "airwars.fair", "reason": null}, "reports": [{"id": "dale-1", "quote": "The army shelled the market of Oron on Friday and killed 14 civilians", "anchor": "shelled"}, {"id": "hill-2", "quote": "Army guns shelled the market of Oron on Friday, killing nine civilians", "anchor": "shelled"}], "accounts": ["dale-1@1#1476019adab80466", "dale-1@1#abbe8921ccd4145f", "hill-2@1#3ef94380495b0275"], "links": [{"accounts": ["dale-1@1#1476019adab80466", "hill-2@1#3ef94380495b0275"], "score": 0.999, "why": ["same place (Oron)", "same day", "same act (ASSAULT heavy-weapons)", "same thing (a market)", "other numbers killed (14; 9)", "same actors", "same words (shell)", "reports much alike"]}, {"accounts": ["dale-1@1#abbe8921ccd4145f", "hill-2@1#3ef94380495b0275"], "score": 0.996, "why": ["same place (Oron)", "same day", "same act (ASSAULT heavy-weapons)", "same thing (a market)", "same actors", "same words (shell)", "reports much alike"]}], "disputes": [{"id": "d90f2113d3e6ae97", "type": "count", "update": false, "about": null, "sentence": "The Hill Monitor says 14 civilians were killed; a nurse says nine civilians were killed.", "accounts": [{"report": "dale-1", "account": "dale-1@1#1476019adab80466", "source": "the Hill Monitor", "says": "14 civilians killed", "value": 14, "quote": "The army shelled the market of Oron on Friday and killed 14 civilians"}, {"report": "hill-2", "account": "hill-2@1#3ef94380495b0275", "source": "a nurse", "says": "nine civilians killed", "value": 9, "quote": "Army guns shelled the market of Oron on Friday, killing nine civilians"}]}]}');
INSERT INTO "inside" VALUES ('file:lund', 'file:lund', 0);
INSERT INTO "inside" VALUES ('file:lund', 'file:oron-province', 1);
INSERT INTO "inside" VALUES ('file:lund', 'iso:XX', 2);
INSERT INTO "inside" VALUES ('file:oron', 'file:oron', 0);
INSERT INTO "inside" VALUES ('file:oron', 'file:oron-province', 1);
INSERT INTO "inside" VALUES ('file:oron', 'iso:XX', 2);
INSERT INTO "inside" VALUES ('file:oron-province', 'file:oron-province', 0);
INSERT INTO "inside" VALUES ('file:oron-province', 'iso:XX', 1);
INSERT INTO "inside" VALUES ('file:sund', 'file:oron-province', 1);
INSERT INTO "inside" VALUES ('file:sund', 'file:sund', 0);
INSERT INTO "inside" VALUES ('file:sund', 'iso:XX', 2);
INSERT INTO "judgement" VALUES (1, '2026-11-22 19:28:31.044503', 'ada', 'reject', 'hill-1@1#3eb5b40182eb8e9a', '{}', 'a hoax', NULL, NULL);
INSERT INTO "place" VALUES ('file:oron', 'Oron', 10.0, 20.0, 3.0, 'town', NULL);
INSERT INTO "place" VALUES ('file:oron-province', 'Oron province', 10.1, 20.1, 60.0, 'province', NULL);
INSERT INTO "place" VALUES ('file:sund', 'Sund', 10.4, 20.3, 1.0, 'village', NULL);
INSERT INTO "place" VALUES ('file:lund', 'Lund', 11.0, 21.0, 3.0, 'town', NULL);
INSERT INTO "reading" VALUES (1, 'by hand', '');
INSERT INTO "dispute" VALUES (1, 'd90f2113d3e6ae97', 'count', 0, 1, 'file:oron', '2019-03-08', '2019-03-09', '{"id": "d90f2113d3e6ae97", "type": "count", "update": false, "about": null, "sentence": "The Hill Monitor says 14 civilians were killed; a nurse says nine civilians were killed.", "accounts": [{"report": "dale-1", "account": "dale-1@1#1476019adab80466", "source": "the Hill Monitor", "says": "14 civilians killed", "value": 14, "quote": "The army shelled the market of Oron on Friday and killed 14 civilians"}, {"report": "hill-2", "account": "hill-2@1#3ef94380495b0275", "source": "a nurse", "says": "nine civilians killed", "value": 9, "quote": "Army guns shelled the market of Oron on Friday, killing nine civilians"}]}');
INSERT INTO "dispute" VALUES (2, 'b7c09c2b388b387b', 'control', 0, NULL, 'file:oron', '2019-03-13', '2019-03-14', '{"id": "b7c09c2b388b387b", "type": "control", "update": false, "about": "file:oron", "sentence": "State radio says the army took Oron; a rebel commander says Rebels held about 70 percent of Oron.", "accounts": [{"report": "lake-1", "account": "lake-1@1#533bf2ebfb390d37", "source": "state radio", "says": "the army took Oron", "value": null, "quote": "The army captured Oron on Wednesday"}, {"report": "lake-1", "account": "lake-1@1#f3aa3d14f1f63dff", "source": "a rebel commander", "says": "Rebels held about 70 percent of Oron", "value": 0.7, "quote": "Rebels hold about 70 percent of Oron"}]}');
INSERT INTO "report" VALUES (1, 'hill-1', 1, 'eed7c1f60a34c203', 'Hill Post', 'Bread short in rebel-held Oron', NULL, '2019-03-02', 'Rebels hold the town of Oron, and bread is short there, the governor said on Friday. More than 900 people have died in the province since 2017, the Hill Monitor said.', '{}', '2026-11-22 19:28:30.293398', 1, 1, 1);
INSERT INTO "report" VALUES (2, 'hill-2', 1, '75d1eb83aab13e7c', 'Hill Post', 'Nine killed at market', NULL, '2019-03-09', 'Army guns shelled the market of Oron on Friday, killing nine civilians, a nurse said.', '{}', '2026-11-22 19:28:30.343461', 1, 2, 1);
INSERT INTO "report" VALUES (3, 'dale-1', 1, '9a96640b667b0311', 'Dale Echo', 'Monitor: fourteen dead in Oron', NULL, '2019-03-09', 'The army shelled the market of Oron on Friday and killed 14 civilians, the Hill Monitor said. An army spokesman denied that the army had shelled the market.', '{}', '2026-11-22 19:28:30.346603', 1, 3, 1);
INSERT INTO "report" VALUES (4, 'lake-1', 1, '957f5264630a27ef', 'Lake Wire', 'Army says it has taken Oron', NULL, '2019-03-14', 'The army captured Oron on Wednesday, state radio said. Rebels hold about 70 percent of Oron, a rebel commander told us on Thursday.', '{}', '2026-11-22 19:28:30.349216', 1, 4, 1);
INSERT INTO "report" VALUES (5, 'dale-2', 1, 'fb203bb5c594f081', 'Dale Echo', 'Talks in Lund as Sund is cut off', NULL, '2019-03-20', 'The army has surrounded the village of Sund since Monday. More than 1,000 people have died in the province since 2017, the Hill Monitor said. The army and the rebels met in Lund on Tuesday.', '{}', '2026-11-22 19:28:31.078517', 1, 5, 1);
INSERT INTO "band" VALUES (1, 16, '0899589e23bbc539');
INSERT INTO "band" VALUES (1, 26, '0cca5f937dd978d5');
INSERT INTO "band" VALUES (1, 12, '11d54b7094263f16');
INSERT INTO "band" VALUES (1, 13, '1579d1fe6de72d2c');
INSERT INTO "band" VALUES (1, 8, '1618c1b0c96b58b6');
INSERT INTO "band" VALUES (5, 11, '18bdb71a07807074');
INSERT INTO "band" VALUES (1, 28, '22ad86668eeea193');
INSERT INTO "band" VALUES (5, 26, '23c583681f5a0767');
INSERT INTO "band" VALUES (5, 2, '383d1432f685b41c');
INSERT INTO "band" VALUES (5, 31, '3b420648a728657a');
INSERT INTO "band" VALUES (1, 30, '3bb4d9117fc23e5c');
INSERT INTO "band" VALUES (5, 6, '3cdc064e29096bd4');
INSERT INTO "band" VALUES (5, 3, '3dc9e88e665ad104');
INSERT INTO "band" VALUES (1, 15, '417bc49a645481da');
INSERT INTO "band" VALUES (5, 12, '474a4ec364a3f6d3');
INSERT INTO "band" VALUES (5, 28, '4ba370d5ab1886bc');
INSERT INTO "band" VALUES (1, 20, '4c62f7de0cc29f0e');
INSERT INTO "band" VALUES (5, 20, '5352f964ff990299');
INSERT INTO "band" VALUES (5, 14, '56374d7243662c28');
INSERT INTO "band" VALUES (1, 24, '56bc9e2e159d2bd1');
INSERT INTO "band" VALUES (5, 25, '5a317dd975de83b8');
INSERT INTO "band" VALUES (5, 29, '5fe3c3e94841d307');
INSERT INTO "band" VALUES (5, 5, '60725b1fb8dac637');
INSERT INTO "band" VALUES (1, 9, '6096cc8c8296f9e4');
INSERT INTO "band" VALUES (5, 16, '6342d794f2fbe6cf');
INSERT INTO "band" VALUES (5, 18, '65eb523b66275da6');
INSERT INTO "band" VALUES (1, 21, '66c60a2948d5893d');
INSERT INTO "band" VALUES (1, 29, '6a4fd8f606a2ca6d');
INSERT INTO "band" VALUES (5, 0, '6d0088e69a4055e6');
INSERT INTO "band" VALUES (1, 3, '7e27845ecf184cee');
INSERT INTO "band" VALUES (1, 31, '7f1c4569317c23b5');
INSERT INTO "band" VALUES (1, 22, '823a31485ca3fb55');
INSERT INTO "band" VALUES (1, 17, '853f048f6114cd35');
INSERT INTO "band" VALUES (1, 18, '89dd2de7cc27459c');
INSERT INTO "band" VALUES (5, 30, '8c1d8e9767b84ccd');
INSERT INTO "band" VALUES (5, 27, '9426523a45a8bf4d');
INSERT INTO "band" VALUES (5, 1, '9507429c3a4fddda');
INSERT INTO "band" VALUES (5, 24, '9a1508290a54bd50');
INSERT INTO "band" VALUES (1, 19, '9cc30f7fbe16e8b5');
INSERT INTO "band" VALUES (1, 2, 'a1b72f22b0be4541');
INSERT INTO "band" VALUES (5, 21, 'a369f015262f016e');
INSERT INTO "band" VALUES (5, 9, 'ad8b26ab5c52e86c');
INSERT INTO "band" VALUES (5, 15, 'ae2c6b9f923d072f');
INSERT INTO "band" VALUES (1, 7, 'b07dbc882e45f3a8');
INSERT INTO "band" VALUES (5, 23, 'b5ee4fa5023530c4');
INSERT INTO "band" VALUES (1, 11, 'bd8e36151201554d');
INSERT INTO "band" VALUES (1, 5, 'c4e0989d70d8c423');
INSERT INTO "band" VALUES (1, 6, 'c52b5964f4c5e836');
INSERT INTO "band" VALUES (5, 13, 'c96d8cd8d4a902b4');
INSERT INTO "band" VALUES (5, 19, 'd227da1288cfcb88');
INSERT INTO "band" VALUES (1, 14, 'd22fc507e852c5f2');
INSERT INTO "band" VALUES (1, 27, 'd6289f25f180f29b');
INSERT INTO "band" VALUES (5, 22, 'd8b8bfcad9a380cb');
INSERT INTO "band" VALUES (1, 4, 'd900d61e987d2bcf');
INSERT INTO "band" VALUES (1, 23, 'debab812d81cebd5');
INSERT INTO "band" VALUES (1, 1, 'e1005b00ad11e610');
INSERT INTO "band" VALUES (5, 7, 'e1570786c348b7ee');
INSERT INTO "band" VALUES (5, 17, 'e1f2acf06c6b86b2');
INSERT INTO "band" VALUES (1, 10, 'e4ef42d352511a35');
INSERT INTO "band" VALUES (5, 4, 'ec325deba8caca73');
INSERT INTO "band" VALUES (1, 0, 'f2812bd2f2c0dc61');
INSERT INTO "band" VALUES (5, 8, 'f7c43281461b732e');
INSERT INTO "band" VALUES (1, 25, 'fb319206cc8acbbf');
INSERT INTO "band" VALUES (5, 10, 'fc60c52e4ed449e3');
INSERT INTO "statement" VALUES (1, 1, '802c256e8a3c6a8b', 'control', 'holds', NULL, 'asserted', NULL, NULL, '2019-03-02', '2019-03-02', 'government', 0, 'Rebels hold the town of Oron', '{"id": "802c256e8a3c6a8b", "kind": "control", "type": "holds", "mode": null, "anchor": "hold", "quote": "Rebels hold the town of Oron", "quote_start": 0, "anchor_start": 7, "actors": [{"text": "Rebels", "start": 0, "end": 6, "resolved": {"party": "xx.rebels", "name": "rebels of Oron", "kind": "armed-group", "country": "XX"}}], "targets": [], "places": [{"text": "Oron", "start": 24, "end": 28, "resolved": {"place": "file:oron", "name": "Oron", "lat": 10.0, "lon": 20.0, "kind": "town", "country": null, "radius_km": 3.0, "precision": "exact", "within": ["file:oron-province", "iso:XX"]}}], "when": null, "source": {"text": "the governor", "class": "government", "named": false, "via": []}, "said": null, "modality": "asserted", "harm": [], "share": null, "by": {}, "sure": {}}', 1, NULL, NULL, NULL);
INSERT INTO "statement" VALUES (2, 1, '3eb5b40182eb8e9a', 'condition', 'shortage', NULL, 'asserted', NULL, NULL, '2019-03-02', '2019-03-02', 'government', 34, 'bread is short there', '{"id": "3eb5b40182eb8e9a", "kind": "condition", "type": "shortage", "mode": null, "anchor": "short", "quote": "bread is short there", "quote_start": 34, "anchor_start": 43, "actors": [], "targets": [{"text": "bread", "start": 34, "end": 39}], "places": [{"text": "Oron", "start": 24, "end": 28, "resolved": {"place": "file:oron", "name": "Oron", "lat": 10.0, "lon": 20.0, "kind": "town", "country": null, "radius_km": 3.0, "precision": "exact", "within": ["file:oron-province", "iso:XX"]}}], "when": null, "source": {"text": "the governor", "class": "government", "named": false, "via": []}, "said": null, "modality": "asserted", "harm": [], "share": null, "by": {}, "sure": {}}', 1, NULL, NULL, 1);
INSERT INTO "statement" VALUES (3, 1, 'b07d4eaa3955dca1', 'toll', 'killed', NULL, 'asserted', '2017-01-01', NULL, '2019-03-02', '2019-03-02', 'monitor', 85, 'More than 900 people have died in the province since 2017', '{"id": "b07d4eaa3955dca1", "kind": "toll", "type": "killed", "mode": null, "anchor": "died", "quote": "More than 900 people have died in the province since 2017", "quote_start": 85, "anchor_start": 111, "actors": [{"text": "More than 900 people", "start": 85, "end": 105}], "targets": [], "places": [{"text": "the province", "start": 119, "end": 131, "resolved": {"place": "file:oron-province", "name": "Oron province", "lat": 10.1, "lon": 20.1, "kind": "province", "country": null, "radius_km": 60.0, "precision": "exact", "within": ["iso:XX"]}}], "when": {"text": "since 2017", "start": "2017-01-01", "end": null}, "source": {"text": "the Hill Monitor", "class": "monitor", "named": true, "via": [], "resolved": {"party": "xx.hill-monitor", "name": "Hill Monitor", "kind": "monitor", "country": "XX"}}, "said": null, "modality": "asserted", "harm": [{"effect": "killed", "who": "More than 900 people", "low": 900, "high": null}], "share": null, "by": {}, "sure": {}}', 1, NULL, NULL, NULL);
INSERT INTO "statement" VALUES (4, 2, '3ef94380495b0275', 'event', 'ASSAULT', 'heavy-weapons', 'asserted', '2019-03-08', '2019-03-08', '2019-03-09', '2019-03-08', 'medic', 0, 'Army guns shelled the market of Oron on Friday, killing nine civilians', '{"id": "3ef94380495b0275", "kind": "event", "type": "ASSAULT", "mode": "heavy-weapons", "anchor": "shelled", "quote": "Army guns shelled the market of Oron on Friday, killing nine civilians", "quote_start": 0, "anchor_start": 10, "actors": [{"text": "Army", "start": 0, "end": 4, "resolved": {"party": "xx.armed-forces", "name": "army of Oron", "kind": "organ", "country": "XX"}}], "targets": [{"text": "the market", "start": 18, "end": 28}], "places": [{"text": "Oron", "start": 32, "end": 36, "resolved": {"place": "file:oron", "name": "Oron", "lat": 10.0, "lon": 20.0, "kind": "town", "country": null, "radius_km": 3.0, "precision": "exact", "within": ["file:oron-province", "iso:XX"]}}], "when": {"text": "on Friday", "start": "2019-03-08", "end": "2019-03-08"}, "source": {"text": "a nurse", "class": "medic", "named": false, "via": []}, "said": null, "modality": "asserted", "harm": [{"effect": "killed", "who": "nine civilians", "low": 9, "high": 9}], "share": null, "by": {}, "sure": {}}', 1, NULL, NULL, NULL);
INSERT INTO "statement" VALUES (5, 3, '1476019adab80466', 'event', 'ASSAULT', 'heavy-weapons', 'asserted', '2019-03-08', '2019-03-08', '2019-03-09', '2019-03-08', 'monitor', 0, 'The army shelled the market of Oron on Friday and killed 14 civilians', '{"id": "1476019adab80466", "kind": "event", "type": "ASSAULT", "mode": "heavy-weapons", "anchor": "shelled", "quote": "The army shelled the market of Oron on Friday and killed 14 civilians", "quote_start": 0, "anchor_start": 9, "actors": [{"text": "The army", "start": 0, "end": 8, "resolved": {"party": "xx.armed-forces", "name": "army of Oron", "kind": "organ", "country": "XX"}}], "targets": [{"text": "the market", "start": 17, "end": 27}], "places": [{"text": "Oron", "start": 31, "end": 35, "resolved": {"place": "file:oron", "name": "Oron", "lat": 10.0, "lon": 20.0, "kind": "town", "country": null, "radius_km": 3.0, "precision": "exact", "within": ["file:oron-province", "iso:XX"]}}], "when": {"text": "on Friday", "start": "2019-03-08", "end": "2019-03-08"}, "source": {"text": "the Hill Monitor", "class": "monitor", "named": true, "via": [], "resolved": {"party": "xx.hill-monitor", "name": "Hill Monitor", "kind": "monitor", "country": "XX"}}, "said": null, "modality": "asserted", "harm": [{"effect": "killed", "who": "14 civilians", "low": 14, "high": 14}], "share": null, "by": {}, "sure": {}}', 1, NULL, NULL, NULL);
INSERT INTO "statement" VALUES (6, 3, 'abbe8921ccd4145f', 'event', 'ASSAULT', 'heavy-weapons', 'denied', '2019-03-08', '2019-03-08', '2019-03-09', '2019-03-08', 'military', 124, 'the army had shelled the market', '{"id": "abbe8921ccd4145f", "kind": "event", "type": "ASSAULT", "mode": "heavy-weapons", "anchor": "had shelled", "quote": "the army had shelled the market", "quote_start": 124, "anchor_start": 133, "actors": [{"text": "the army", "start": 124, "end": 132, "resolved": {"party": "xx.armed-forces", "name": "army of Oron", "kind": "organ", "country": "XX"}}], "targets": [{"text": "the market", "start": 145, "end": 155}], "places": [{"text": "Oron", "start": 31, "end": 35, "resolved": {"place": "file:oron", "name": "Oron", "lat": 10.0, "lon": 20.0, "kind": "town", "country": null, "radius_km": 3.0, "precision": "exact", "within": ["file:oron-province", "iso:XX"]}}], "when": {"text": "on Friday", "start": "2019-03-08", "end": "2019-03-08"}, "source": {"text": "An army spokesman", "class": "military", "named": false, "via": [], "resolved": {"party": "xx.armed-forces", "name": "army of Oron", "kind": "organ", "country": "XX"}}, "said": null, "modality": "denied", "harm": [], "share": null, "by": {}, "sure": {}}', 1, NULL, NULL, NULL);
INSERT INTO "statement" VALUES (7, 4, '533bf2ebfb390d37', 'control', 'captures', NULL, 'asserted', '2019-03-13', '2019-03-13', '2019-03-14', '2019-03-13', 'media', 0, 'The army captured Oron on Wednesday', '{"id": "533bf2ebfb390d37", "kind": "control", "type": "captures", "mode": null, "anchor": "captured", "quote": "The army captured Oron on Wednesday", "quote_start": 0, "anchor_start": 9, "actors": [{"text": "The army", "start": 0, "end": 8, "resolved": {"party": "xx.armed-forces", "name": "army of Oron", "kind": "organ", "country": "XX"}}], "targets": [], "places": [{"text": "Oron", "start": 18, "end": 22, "resolved": {"place": "file:oron", "name": "Oron", "lat": 10.0, "lon": 20.0, "kind": "town", "country": null, "radius_km": 3.0, "precision": "exact", "within": ["file:oron-province", "iso:XX"]}}], "when": {"text": "on Wednesday", "start": "2019-03-13", "end": "2019-03-13"}, "source": {"text": "state radio", "class": "media", "named": true, "via": []}, "said": null, "modality": "asserted", "harm": [], "share": null, "by": {}, "sure": {}}', 1, NULL, NULL, NULL);
INSERT INTO "statement" VALUES (8, 4, 'f3aa3d14f1f63dff', 'control', 'holds', NULL, 'asserted', '2019-03-14', '2019-03-14', '2019-03-14', '2019-03-14', 'armed-group', 55, 'Rebels hold about 70 percent of Oron', '{"id": "f3aa3d14f1f63dff", "kind": "control", "type": "holds", "mode": null, "anchor": "hold", "quote": "Rebels hold about 70 percent of Oron", "quote_start": 55, "anchor_start": 62, "actors": [{"text": "Rebels", "start": 55, "end": 61, "resolved": {"party": "xx.rebels", "name": "rebels of Oron", "kind": "armed-group", "country": "XX"}}], "targets": [], "places": [{"text": "Oron", "start": 87, "end": 91, "resolved": {"place": "file:oron", "name": "Oron", "lat": 10.0, "lon": 20.0, "kind": "town", "country": null, "radius_km": 3.0, "precision": "exact", "within": ["file:oron-province", "iso:XX"]}}], "when": {"text": "on Thursday", "start": "2019-03-14", "end": "2019-03-14"}, "source": {"text": "a rebel commander", "class": "armed-group", "named": false, "via": [], "resolved": {"party": "xx.rebels", "name": "rebels of Oron", "kind": "armed-group", "country": "XX"}}, "said": null, "modality": "asserted", "harm": [], "share": {"text": "about 70 percent", "value": 0.7}, "by": {}, "sure": {}}', 1, NULL, NULL, NULL);
INSERT INTO "statement" VALUES (9, 5, '29e753802f158a28', 'control', 'besieges', NULL, 'asserted', '2019-03-18', NULL, '2019-03-20', '2019-03-20', NULL, 0, 'The army has surrounded the village of Sund since Monday', '{"id": "29e753802f158a28", "kind": "control", "type": "besieges", "mode": null, "anchor": "surrounded", "quote": "The army has surrounded the village of Sund since Monday", "quote_start": 0, "anchor_start": 13, "actors": [{"text": "The army", "start": 0, "end": 8, "resolved": {"party": "xx.armed-forces", "name": "army of Oron", "kind": "organ", "country": "XX"}}], "targets": [], "places": [{"text": "Sund", "start": 39, "end": 43, "resolved": {"place": "file:sund", "name": "Sund", "lat": 10.4, "lon": 20.3, "kind": "village", "country": null, "radius_km": 1.0, "precision": "exact", "within": ["file:oron-province", "iso:XX"]}}], "when": {"text": "since Monday", "start": "2019-03-18", "end": null}, "source": null, "said": null, "modality": "asserted", "harm": [], "share": null, "by": {}, "sure": {}}', 1, NULL, NULL, NULL);
INSERT INTO "statement" VALUES (10, 5, 'ed6967e9ce4b6b6a', 'toll', 'killed', NULL, 'asserted', '2017-01-01', NULL, '2019-03-20', '2019-03-20', 'monitor', 58, 'More than 1,000 people have died in the province since 2017', '{"id": "ed6967e9ce4b6b6a", "kind": "toll", "type": "killed", "mode": null, "anchor": "died", "quote": "More than 1,000 people have died in the province since 2017", "quote_start": 58, "anchor_start": 86, "actors": [{"text": "More than 1,000 people", "start": 58, "end": 80}], "targets": [], "places": [{"text": "the province", "start": 94, "end": 106, "resolved": {"place": "file:oron-province", "name": "Oron province", "lat": 10.1, "lon": 20.1, "kind": "province", "country": null, "radius_km": 60.0, "precision": "exact", "within": ["iso:XX"]}}], "when": {"text": "since 2017", "start": "2017-01-01", "end": null}, "source": {"text": "the Hill Monitor", "class": "monitor", "named": true, "via": [], "resolved": {"party": "xx.hill-monitor", "name": "Hill Monitor", "kind": "monitor", "country": "XX"}}, "said": null, "modality": "asserted", "harm": [{"effect": "killed", "who": "More than 1,000 people", "low": 1000, "high": null}], "share": null, "by": {}, "sure": {}}', 1, NULL, NULL, NULL);
INSERT INTO "statement" VALUES (11, 5, 'ca428835583d9402', 'event', 'CONSULT', NULL, 'asserted', '2019-03-19', '2019-03-19', '2019-03-20', '2019-03-19', NULL, 142, 'The army and the rebels met in Lund on Tuesday', '{"id": "ca428835583d9402", "kind": "event", "type": "CONSULT", "mode": null, "anchor": "met", "quote": "The army and the rebels met in Lund on Tuesday", "quote_start": 142, "anchor_start": 166, "actors": [{"text": "The army", "start": 142, "end": 150, "resolved": {"party": "xx.armed-forces", "name": "army of Oron", "kind": "organ", "country": "XX"}}, {"text": "the rebels", "start": 155, "end": 165, "resolved": {"party": "xx.rebels", "name": "rebels of Oron", "kind": "armed-group", "country": "XX"}}], "targets": [], "places": [{"text": "Lund", "start": 173, "end": 177, "resolved": {"place": "file:lund", "name": "Lund", "lat": 11.0, "lon": 21.0, "kind": "town", "country": null, "radius_km": 3.0, "precision": "exact", "within": ["file:oron-province", "iso:XX"]}}], "when": {"text": "on Tuesday", "start": "2019-03-19", "end": "2019-03-19"}, "source": null, "said": null, "modality": "asserted", "harm": [], "share": null, "by": {}, "sure": {}}', 1, NULL, NULL, NULL);
INSERT INTO "waiting" VALUES (5);
INSERT INTO "disputed" VALUES (1, 5);
INSERT INTO "disputed" VALUES (1, 4);
INSERT INTO "disputed" VALUES (2, 7);
INSERT INTO "disputed" VALUES (2, 8);
INSERT INTO "harm" VALUES (1, 3, 'killed', 'More than 900 people', 900, NULL);
INSERT INTO "harm" VALUES (2, 4, 'killed', 'nine civilians', 9, 9);
INSERT INTO "harm" VALUES (3, 5, 'killed', '14 civilians', 14, 14);
INSERT INTO "harm" VALUES (4, 10, 'killed', 'More than 1,000 people', 1000, NULL);
INSERT INTO "link" VALUES (5, 4, 9.99164261472680226283e-01, '["same place (Oron)", "same day", "same act (ASSAULT heavy-weapons)", "same thing (a market)", "other numbers killed (14; 9)", "same actors", "same words (shell)", "reports much alike"]');
INSERT INTO "link" VALUES (6, 4, 9.96177119288447876499e-01, '["same place (Oron)", "same day", "same act (ASSAULT heavy-weapons)", "same thing (a market)", "same actors", "same words (shell)", "reports much alike"]');
INSERT INTO "party" VALUES (1, 1, 'actor', 'Rebels', 'xx.rebels', 'XX');
INSERT INTO "party" VALUES (2, 1, 'source', 'the governor', NULL, NULL);
INSERT INTO "party" VALUES (3, 2, 'target', 'bread', NULL, NULL);
INSERT INTO "party" VALUES (4, 2, 'source', 'the governor', NULL, NULL);
INSERT INTO "party" VALUES (5, 3, 'actor', 'More than 900 people', NULL, NULL);
INSERT INTO "party" VALUES (6, 3, 'source', 'the Hill Monitor', 'xx.hill-monitor', 'XX');
INSERT INTO "party" VALUES (7, 4, 'actor', 'Army', 'xx.armed-forces', 'XX');
INSERT INTO "party" VALUES (8, 4, 'target', 'the market', NULL, NULL);
INSERT INTO "party" VALUES (9, 4, 'source', 'a nurse', NULL, NULL);
INSERT INTO "party" VALUES (10, 5, 'actor', 'The army', 'xx.armed-forces', 'XX');
INSERT INTO "party" VALUES (11, 5, 'target', 'the market', NULL, NULL);
INSERT INTO "party" VALUES (12, 5, 'source', 'the Hill Monitor', 'xx.hill-monitor', 'XX');
INSERT INTO "party" VALUES (13, 6, 'actor', 'the army', 'xx.armed-forces', 'XX');
INSERT INTO "party" VALUES (14, 6, 'target', 'the market', NULL, NULL);
INSERT INTO "party" VALUES (15, 6, 'source', 'An army spokesman', 'xx.armed-forces', 'XX');
INSERT INTO "party" VALUES (16, 7, 'actor', 'The army', 'xx.armed-forces', 'XX');
INSERT INTO "party" VALUES (17, 7, 'source', 'state radio', NULL, NULL);
INSERT INTO "party" VALUES (18, 8, 'actor', 'Rebels', 'xx.rebels', 'XX');
INSERT INTO "party" VALUES (19, 8, 'source', 'a rebel commander', 'xx.rebels', 'XX');
INSERT INTO "party" VALUES (20, 9, 'actor', 'The army', 'xx.armed-forces', 'XX');
INSERT INTO "party" VALUES (21, 10, 'actor', 'More than 1,000 people', NULL, NULL);
INSERT INTO "party" VALUES (22, 10, 'source', 'the Hill Monitor', 'xx.hill-monitor', 'XX');
INSERT INTO "party" VALUES (23, 11, 'actor', 'The army', 'xx.armed-forces', 'XX');
INSERT INTO "party" VALUES (24, 11, 'actor', 'the rebels', 'xx.rebels', 'XX');
INSERT INTO "spot" VALUES (1, 1, 0, 'Oron', 'file:oron', 10.0, 20.0);
INSERT INTO "spot" VALUES (2, 2, 0, 'Oron', 'file:oron', 10.0, 20.0);
INSERT INTO "spot" VALUES (3, 3, 0, 'the province', 'file:oron-province', 10.1, 20.1);
INSERT INTO "spot" VALUES (4, 4, 0, 'Oron', 'file:oron', 10.0, 20.0);
INSERT INTO "spot" VALUES (5, 5, 0, 'Oron', 'file:oron', 10.0, 20.0);
INSERT INTO "spot" VALUES (6, 6, 0, 'Oron', 'file:oron', 10.0, 20.0);
INSERT INTO "spot" VALUES (7, 7, 0, 'Oron', 'file:oron', 10.0, 20.0);
INSERT INTO "spot" VALUES (8, 8, 0, 'Oron', 'file:oron', 10.0, 20.0);
INSERT INTO "spot" VALUES (9, 9, 0, 'Sund', 'file:sund', 10.4, 20.3);
INSERT INTO "spot" VALUES (10, 10, 0, 'the province', 'file:oron-province', 10.1, 20.1);
INSERT INTO "spot" VALUES (11, 11, 0, 'Lund', 'file:lund', 11.0, 21.0);
INSERT INTO "told" VALUES (4, 1, 0);
INSERT INTO "told" VALUES (5, 1, 0);
INSERT INTO "told" VALUES (6, 1, 0);
INSERT INTO report_words (report_words) VALUES ('rebuild');
INSERT INTO quote_words (quote_words) VALUES ('rebuild');
