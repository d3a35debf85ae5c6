using Tidemark.Syncing;

namespace Tidemark.Cli.Plans;

/// <summary>A plan as a file keeps it: what was asked, under which settings, and what came out.</summary>
internal sealed record SavedPlan
{
    public const string Format = "tidemark-plan";
    public const int Version = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The working directory of the call that made it.</summary>
    public required string Folder { get; init; }

    /// <summary>The call's options and sources, as one would type them after <c>plan</c>.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Everything that the outcome depends on, by what a person calls it; no secrets.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public required ApprovedPlan Plan { get; init; }
}
