namespace Tidemark.Records;

/// <summary>What is added to the counts of live documents, their chunks, and the estimated tokens of those.</summary>
public readonly record struct CountChange(long Documents, long Chunks, long Tokens)
{
    /// <summary>Both together.</summary>
    public static CountChange operator +(CountChange one, CountChange other) => one.Add(other);

    /// <summary>The same as a method.</summary>
    public CountChange Add(CountChange other) => new(Documents + other.Documents, Chunks + other.Chunks, Tokens + other.Tokens);
}
