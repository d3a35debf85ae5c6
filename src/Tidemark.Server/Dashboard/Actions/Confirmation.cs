namespace Tidemark.Server.Dashboard.Actions;

/// <summary>What somebody is told before they do something.</summary>
/// <param name="Title">What is done, to what: "Promote generation 4".</param>
/// <param name="Effects">What happens then, a sentence each.</param>
/// <param name="Button">The verb.</param>
internal sealed record Confirmation(string Title, IReadOnlyList<string> Effects, string Button)
{
    /// <summary>It cannot be undone.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Why it cannot be done now; null: it can.</summary>
    public string? Obstacle { get; init; }

    /// <summary>What may be said to it: a name, a question, and whether it is a box to tick.</summary>
    public IReadOnlyList<(string Name, string Question, bool IsBox)> Asks { get; init; } = [];

    /// <summary>The page that one came from.</summary>
    public string Back { get; init; } = "";
}
