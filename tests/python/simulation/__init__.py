"""Random people who do random things to one small company, and the laws that hold all the while.

`facts` is what stands in the tables, `acts` what somebody may do about it, `laws` what must be true
afterwards, `sight` who may see it, `machine` plays. A new command is a function in `acts`.
"""
