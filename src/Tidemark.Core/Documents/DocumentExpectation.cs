namespace Tidemark.Documents;

/// <summary>What somebody who writes a document believes is in the index: if it is not so, nothing is written.</summary>
public abstract record DocumentExpectation
{
    private DocumentExpectation()
    {
    }

    /// <summary>There is no such document.</summary>
    public static DocumentExpectation IsAbsent { get; } = new Absent();

    /// <summary>The document has this version, as its source numbers or dates it.</summary>
    public static DocumentExpectation HasVersion(DocumentVersion version) => new Version(version);

    /// <summary>The document has this version number.</summary>
    public static DocumentExpectation HasVersion(long number) => new Version(new DocumentVersion(number, null));

    /// <summary>
    /// The document is as it was when it was read with this commit sequence: for documents whose source gives no versions.
    /// </summary>
    public static DocumentExpectation IsAt(long sequence) => new Sequence(sequence);

    /// <summary>There is no such document.</summary>
    public sealed record Absent : DocumentExpectation
    {
        /// <inheritdoc/>
        public override string ToString() => "none";
    }

    /// <summary>It has a version.</summary>
    public sealed record Version(DocumentVersion Expected) : DocumentExpectation
    {
        /// <inheritdoc/>
        public override string ToString() => $"version {ConflictException.Show(Expected)}";
    }

    /// <summary>It is of a commit sequence.</summary>
    public sealed record Sequence(long Expected) : DocumentExpectation
    {
        /// <inheritdoc/>
        public override string ToString() => $"sequence {Expected}";
    }
}
