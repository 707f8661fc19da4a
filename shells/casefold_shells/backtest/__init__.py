"""What-if over history: two policies over the same applications, counted and told, and no decision written down.

==========  ================================================================================
`loading`   `policy_of`: a policy from a file.
`asking`    `plan_of`: which columns are facts, groups, or refused. Start here.
`running`   `run`: history through both policies, in as many processes as there are cores.
`telling`   `told`: the result as the contract `casefold/backtest/1`.
`page`      `page_of`: the same for a credit officer, in one file that asks nothing of any network.
==========  ================================================================================
"""
