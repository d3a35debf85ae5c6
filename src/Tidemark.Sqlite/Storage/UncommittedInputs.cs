using Tidemark.Documents;
using Tidemark.Embedding;

namespace Tidemark.Sqlite.Storage;

/// <summary>
/// Inputs whose vectors were written in the transaction that is still open: only the writer's connection sees them. Safe
/// for concurrent use.
/// </summary>
internal sealed class UncommittedInputs
{
    private readonly Lock _gate = new();
    private readonly HashSet<ContentHash> _inputs = [];

    public void Add(IReadOnlyList<StoredEmbedding> embeddings)
    {
        lock (_gate)
        {
            foreach (var embedding in embeddings)
            {
                _inputs.Add(embedding.Input);
            }
        }
    }

    public bool HasAny(IReadOnlyCollection<ContentHash> inputs)
    {
        lock (_gate)
        {
            return _inputs.Count > 0 && inputs.Any(_inputs.Contains);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _inputs.Clear();
        }
    }
}
