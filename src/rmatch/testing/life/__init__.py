"""The laws of a life: what holds of a programme from day to day, whoever joins, leaves, accepts or declines."""
