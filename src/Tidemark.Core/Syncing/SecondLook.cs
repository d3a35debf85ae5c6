namespace Tidemark.Syncing;

/// <summary>
/// An item whose id repeats, or whose document was written meanwhile: judged when the listing is through, against what is stored then.
/// </summary>
/// <param name="Counted">Another item of the same id has been counted for this document already.</param>
internal sealed record SecondLook(Decision Decision, bool Counted);
