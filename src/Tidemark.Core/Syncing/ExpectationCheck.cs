using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Compares what a writer expects of a document with what is stored of it. Pure; compare-and-swap makes it atomic.</summary>
internal static class ExpectationCheck
{
    /// <exception cref="ConflictException">It is not so.</exception>
    public static void Require(string document, DocumentExpectation expected, DocumentRecord? stored)
    {
        var isThere = stored is { Glance.State: DocumentState.Live };
        var holds = expected switch
        {
            DocumentExpectation.Absent => !isThere,
            DocumentExpectation.Version version => isThere && stored!.Version == version.Expected,
            DocumentExpectation.Sequence sequence => isThere && stored!.Glance.Sequence == sequence.Expected,
            _ => throw new ArgumentOutOfRangeException(nameof(expected)),
        };
        if (!holds)
        {
            throw new ConflictException(document, expected, isThere, stored?.Version ?? default, stored?.Glance.Sequence ?? 0);
        }
    }
}
