"""What is fetched: pages, feeds and lists of addresses, asked of other machines with care, become `Report`s.

The only part of the package that asks the network, and only where `contested add --fetch`, `--urls` or
`contested watch` was called. docs/watching.md tells the rules; docs/decisions/0004 why they are these.
"""
