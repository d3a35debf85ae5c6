namespace Tidemark.Formats;

/// <summary>How sure it is where front matter lies.</summary>
internal enum FrontMatterExtent
{
    /// <summary>By a line that closes it.</summary>
    Closed,

    /// <summary>By a line that was probably meant to: more dashes, or indented.</summary>
    Nearly,

    /// <summary>By no line; its keys end with the first line that is none.</summary>
    Open,

    /// <summary>By a line that closes it; but most of it may be text.</summary>
    Doubtful,

    /// <summary>The line that would open it was probably meant to, and does not.</summary>
    Unopened,
}
