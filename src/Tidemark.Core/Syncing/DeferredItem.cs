namespace Tidemark.Syncing;

/// <summary>An item whose id repeats: judged when the listing is through, against what is stored then.</summary>
/// <param name="Counted">Another item of the same id has been counted for this document already.</param>
internal sealed record DeferredItem(Decision Decision, bool Counted);
