using System.Runtime.CompilerServices;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>The lines of a list that people write or a program has written, each by itself. Holds one block of them.</summary>
internal static class LineFile
{
    private const int BlockBytes = 64 * 1_024, MaxLineBytes = 1_000_000;

    /// <param name="lines">In UTF-8.</param>
    /// <param name="take">Reads a line, which it may not keep; throws <see cref="ItemException"/> where it is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Of each block what was taken, with the labels of the lines, and the lines that were not.</returns>
    /// <exception cref="TidemarkException"><c>source.missing</c>, <c>source.unreadable</c>.</exception>
    public static async IAsyncEnumerable<(IReadOnlyList<(string Label, T Taken)> Lines, IReadOnlyList<ItemFailure> Failures)> ReadAsync<T>(
        LineStream lines, Func<ReadOnlyMemory<byte>, string, T> take, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = lines.Open(BlockBytes, MaxLineBytes);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } block)
        {
            using (block)
            {
                yield return Read(block, take);
            }
        }
    }

    private static (List<(string Label, T Taken)> Lines, List<ItemFailure> Failures) Read<T>(LineBlock block, Func<ReadOnlyMemory<byte>, string, T> take)
    {
        var lines = new List<(string, T)>();
        List<ItemFailure> failures =
        [
            .. block.TooLong.Select(number => Failure($"line {number}", BadRecord.TooLong($"line {number}", block.MaxLineBytes, "leave it out"))),
        ];
        for (var i = 0; i < block.Count; i++)
        {
            var label = $"line {block.NumberOf(i)}";
            try
            {
                lines.Add((label, take(block[i], label)));
            }
            catch (ItemException e)
            {
                failures.Add(Failure(label, e));
            }
        }

        return (lines, failures);
    }

    private static ItemFailure Failure(string label, ItemException e) => new(label, e.Code, e.Message, e.Remedy, HidesDocuments: false);
}
