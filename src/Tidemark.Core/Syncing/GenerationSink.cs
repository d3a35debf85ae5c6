using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Gets vectors for documents of a generation that is being built, and writes them there; queries see none of it.</summary>
internal sealed class GenerationSink(RunScope scope, GenerationRecord generation, long run) : IRebuildSink
{
    private readonly List<RefusedDocument> _refused = [];

    /// <summary>Documents that the new generation lacks, because the model does not take all of their chunks.</summary>
    public IReadOnlyList<RefusedDocument> Refused => _refused;

    public async Task<IReadOnlyList<RebuiltDocument>> SubmitAsync(
        IReadOnlyList<RebuiltDocument> documents, EmbeddingCause cause, CancellationToken cancellationToken)
    {
        var purpose = scope.Purpose with { Run = run, Cause = cause };
        var (vectors, refused) = await scope.Embedding
            .EmbedAsync([.. documents.SelectMany(document => document.Inputs)], purpose, cancellationToken).ConfigureAwait(false);
        var taken = new List<RebuiltDocument>(documents.Count);
        foreach (var document in documents)
        {
            if (document.Inputs.FirstOrDefault(input => refused.ContainsKey(input.Hash)) is { Text: not null } input)
            {
                _refused.Add(new RefusedDocument(document.Former with { Text = null }, refused[input.Hash]));
                await scope.Refusals.RefuseAsync(document, refused).ConfigureAwait(false);
            }
            else
            {
                taken.Add(document);
            }
        }

        var writes = taken.Select(document => VectorFill.Of(document.Write, vectors))
            .Where(write => !VectorFill.IsWaiting(write)).ToList();
        await scope.Session.ApplyAsync(new ApplyBatch(generation, run, writes), CancellationToken.None).ConfigureAwait(false);
        return writes.Count < taken.Count ? throw new BudgetReachedException() : taken;
    }
}
