"""Sample boards and recorded boards, served over real HTTP on loopback."""
