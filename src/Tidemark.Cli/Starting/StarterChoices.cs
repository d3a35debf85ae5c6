namespace Tidemark.Cli.Starting;

/// <summary>What the call of <c>init</c> chose, as it was typed; null: as by default.</summary>
internal sealed record StarterChoices(string? Store = null, string? Index = null, string? Namespace = null, string? Embedder = null);
