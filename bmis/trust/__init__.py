"""Keys, certificates, trust bundles and the status of seals: whether a seal is genuine, proved without a network."""
