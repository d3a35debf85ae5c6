namespace Tidemark.Formats;

/// <summary>What of a page is its text.</summary>
public sealed record HtmlOptions
{
    /// <summary>
    /// Whether of a page that has a <c>main</c> or, without one, an <c>article</c>, nothing else is the text: what stands around it says
    /// the same on every page.
    /// </summary>
    public bool MainOnly { get; init; } = true;

    /// <summary>Whether the target of a link stands behind its text, as <c>&lt;https://example.org&gt;</c>.</summary>
    public bool LinkTargets { get; init; }
}
