namespace Tidemark.Documents;

/// <summary>The tiers that mean something, in whatever case they are written; any other is a standard one.</summary>
public static class DocumentTiers
{
    /// <summary>First in the queue, and measured by itself.</summary>
    public const string Premium = "premium";

    /// <summary>As everything that says nothing.</summary>
    public const string Standard = "standard";

    /// <summary>Last in the queue.</summary>
    public const string Archived = "archived";

    /// <summary>Whether a tier is <see cref="Premium"/>.</summary>
    public static bool IsPremium(string? tier) => string.Equals(tier, Premium, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a tier is <see cref="Archived"/>.</summary>
    public static bool IsArchived(string? tier) => string.Equals(tier, Archived, StringComparison.OrdinalIgnoreCase);
}
