using Tidemark.Documents;
using Tidemark.Embedding;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryQuarantine(MemoryState state) : IQuarantine
{
    public ValueTask<IReadOnlyList<QuarantinedInput>> FindAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<QuarantinedInput>>(
            [
                .. state.Quarantine.Where(entry => entry.Space == space.Name && inputs.Contains(entry.Input))
                    .DistinctBy(entry => entry.Input),
            ]);
        }
    }

    public ValueTask<IReadOnlyList<QuarantinedInput>> ListAsync(string @namespace, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<QuarantinedInput>>(
            [
                .. state.Quarantine.Where(entry => entry.Namespace == @namespace)
                    .OrderBy(entry => entry.Document, StringComparer.Ordinal).ThenBy(entry => Convert.ToHexString(entry.Input.ToArray()), StringComparer.Ordinal),
            ]);
        }
    }

    public ValueTask PutAsync(IReadOnlyList<QuarantinedInput> inputs, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var documents = inputs.Select(entry => (entry.Namespace, entry.Document)).ToHashSet();
            var former = state.Quarantine.ToList();
            state.Quarantine.RemoveAll(entry => documents.Contains((entry.Namespace, entry.Document)));
            state.Quarantine.AddRange(inputs.Select(entry => former.Find(f => IsSame(f, entry)) ?? entry));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReleaseAsync(
        string @namespace, IReadOnlyCollection<string> documents, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            state.Quarantine.RemoveAll(entry => entry.Namespace == @namespace && documents.Contains(entry.Document));
        }

        return ValueTask.CompletedTask;
    }

    private static bool IsSame(QuarantinedInput a, QuarantinedInput b) =>
        a.Namespace == b.Namespace && a.Document == b.Document && a.Space == b.Space && a.Input == b.Input;
}
