using Tidemark.Documents;

namespace Tidemark.Queueing;

/// <summary>Which changes are claimed first.</summary>
public enum ChangePriority : byte
{
    /// <summary>Of documents of the tier <c>premium</c>.</summary>
    Premium,

    /// <summary>Of all others.</summary>
    Standard,

    /// <summary>Of documents of the tier <c>archived</c>.</summary>
    Archived,
}

/// <summary>From a change to its priority. Pure.</summary>
public static class ChangePriorities
{
    /// <summary>First to last.</summary>
    public static IReadOnlyList<ChangePriority> All { get; } =
        [ChangePriority.Premium, ChangePriority.Standard, ChangePriority.Archived];

    /// <summary>By the document's tier, else by that which a rule gives it; a tombstone has none and is claimed as a standard document is.</summary>
    public static ChangePriority Of(DocumentChange change)
    {
        var tier = change is DocumentChange.Upsert upsert ? upsert.Document.Tier ?? upsert.RuledTier : null;
        return DocumentTiers.IsPremium(tier) ? ChangePriority.Premium
            : DocumentTiers.IsArchived(tier) ? ChangePriority.Archived
            : ChangePriority.Standard;
    }
}
