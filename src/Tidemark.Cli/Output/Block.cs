namespace Tidemark.Cli.Output;

/// <summary>A piece of human output, without saying how it is drawn.</summary>
internal abstract record Block
{
    private Block()
    {
    }

    /// <summary>One line; never wrapped by us.</summary>
    public sealed record Line(params IReadOnlyList<Span> Spans) : Block;

    /// <summary>Lines whose columns stand below each other, without a header.</summary>
    public sealed record Columns(IReadOnlyList<IReadOnlyList<Span>> Rows, params IReadOnlyList<int> Right) : Block;

    /// <param name="Right">Which columns hold numbers and stand to the right.</param>
    public sealed record Table(
        IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<Span>> Rows, params IReadOnlyList<int> Right)
        : Block;

    /// <summary>Bars below each other.</summary>
    public sealed record Plot(string Title, IReadOnlyList<Bar> Bars) : Block;
}

/// <param name="Share">0 to 1 of the full length.</param>
internal readonly record struct Bar(string Label, double Share, string Value);
