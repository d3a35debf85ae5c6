namespace Tidemark.Cli.Output;

/// <summary>A piece of human output, without saying how it is drawn.</summary>
internal abstract record Block
{
    private Block()
    {
    }

    /// <summary>One line, or as many as a terminal needs for its words.</summary>
    public sealed record Line(params IReadOnlyList<Span> Spans) : Block
    {
        /// <summary>What somebody else wrote: it is shown as it stands.</summary>
        public bool IsQuoted { get; init; }

        /// <summary>What to do about what the line above says.</summary>
        public bool IsRemedy { get; init; }
    }

    /// <summary>Lines whose columns stand below each other, without a header.</summary>
    public sealed record Columns(IReadOnlyList<IReadOnlyList<Span>> Rows, params IReadOnlyList<int> Right) : Block
    {
        /// <summary>Columns that may be left out where there is not enough room, those that matter least first.</summary>
        public IReadOnlyList<int> Expendable { get; init; } = [];

        /// <summary>The last column holds sentences of ours, which may be broken between words.</summary>
        public bool HasProse { get; init; }
    }

    /// <param name="Right">Which columns hold numbers and stand to the right.</param>
    public sealed record Table(
        IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<Span>> Rows, params IReadOnlyList<int> Right)
        : Block
    {
        /// <summary>
        /// Columns that may be left out where there is not enough room, those that matter least first; by default from the last to
        /// the second. The first one names the row and always stays.
        /// </summary>
        public IReadOnlyList<int> Expendable { get; init; } = [.. Enumerable.Range(1, Math.Max(0, Headers.Count - 1)).Reverse()];
    }

    /// <summary>Bars below each other.</summary>
    public sealed record Plot(string Title, IReadOnlyList<Bar> Bars) : Block;
}

/// <param name="Share">0 to 1 of the full length.</param>
internal readonly record struct Bar(string Label, double Share, string Value);
