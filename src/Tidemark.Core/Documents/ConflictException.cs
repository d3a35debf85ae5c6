using System.Globalization;

namespace Tidemark.Documents;

/// <summary>A document is not as whoever wanted to write it expected; nothing was written.</summary>
public sealed class ConflictException : TidemarkException
{
    /// <param name="document">Its id.</param>
    /// <param name="expected">What was believed.</param>
    /// <param name="isThere">Whether it is in the index.</param>
    /// <param name="actual">Its version; none: it has none.</param>
    /// <param name="sequence">Its commit sequence; 0: it was never heard of.</param>
    public ConflictException(
        string document, DocumentExpectation expected, bool isThere, DocumentVersion actual, long sequence)
        : base(
            ErrorCodes.VersionConflict,
            $"'{document}' is not as expected: expected was {expected}, there is {Describe(isThere, actual, sequence)}",
            "read the document again, decide anew, and write with what was read as the expectation")
    {
        Document = document;
        Expected = expected;
        IsThere = isThere;
        ActualVersion = actual;
        ActualSequence = sequence;
    }

    /// <summary>The document's id.</summary>
    public string Document { get; }

    /// <summary>What was believed.</summary>
    public DocumentExpectation Expected { get; }

    /// <summary>The version that was expected; none where something else was.</summary>
    public DocumentVersion ExpectedVersion => (Expected as DocumentExpectation.Version)?.Expected ?? DocumentVersion.None;

    /// <summary>Whether the document is in the index.</summary>
    public bool IsThere { get; }

    /// <summary>Its version; none where it has none. Of one that is gone, what is remembered.</summary>
    public DocumentVersion ActualVersion { get; }

    /// <summary>The commit sequence of its state; 0: it was never heard of.</summary>
    public long ActualSequence { get; }

    internal static string Show(DocumentVersion version) =>
        version.Number?.ToString(CultureInfo.InvariantCulture)
        ?? version.ModifiedAt?.ToString("O", CultureInfo.InvariantCulture)
        ?? "none";

    private static string Describe(bool isThere, DocumentVersion version, long sequence) =>
        isThere ? string.Create(CultureInfo.InvariantCulture, $"version {Show(version)} (sequence {sequence})")
        : sequence == 0 ? "none"
        : $"none any more (last version {Show(version)})";
}
