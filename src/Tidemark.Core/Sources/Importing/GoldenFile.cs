using System.Runtime.CompilerServices;
using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Sources;

/// <summary>Golden queries in a file, one JSON object a line. Holds one block of lines.</summary>
internal static class GoldenFile
{
    private const int BlockBytes = 64 * 1_024, MaxLineBytes = 1_000_000;

    /// <returns>Of each block the queries with their labels, and the lines that are none.</returns>
    /// <exception cref="TidemarkException"><c>source.missing</c>, <c>source.unreadable</c>.</exception>
    public static async IAsyncEnumerable<(IReadOnlyList<(string Label, GoldenQuery Query)> Queries, IReadOnlyList<ItemFailure> Failures)> ReadAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = LineStream.Of(path).Open(BlockBytes, MaxLineBytes);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } block)
        {
            using (block)
            {
                yield return Read(block);
            }
        }
    }

    private static (List<(string Label, GoldenQuery Query)> Queries, List<ItemFailure> Failures) Read(LineBlock block)
    {
        var queries = new List<(string, GoldenQuery)>();
        List<ItemFailure> failures =
        [
            .. block.TooLong.Select(number => Failure($"line {number}", BadRecord.TooLong($"line {number}", block.MaxLineBytes, "leave it out"))),
        ];
        for (var i = 0; i < block.Count; i++)
        {
            var label = $"line {block.NumberOf(i)}";
            try
            {
                queries.Add((label, GoldenLine.Parse(block[i], label)));
            }
            catch (ItemException e)
            {
                failures.Add(Failure(label, e));
            }
        }

        return (queries, failures);
    }

    private static ItemFailure Failure(string label, ItemException e) => new(label, e.Code, e.Message, e.Remedy, HidesDocuments: false);
}
