"""The best total under quotas, and what quotas can be met."""
