using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Gets vectors for documents of a generation that is being built, and writes them there; queries see none of it.</summary>
internal sealed class GenerationSink(RunScope scope, GenerationRecord generation, long run) : IRebuildSink
{
    public async Task SubmitAsync(
        IReadOnlyList<RebuiltDocument> documents, EmbeddingCause cause, CancellationToken cancellationToken)
    {
        var purpose = scope.Purpose with { Run = run, Cause = cause };
        var (vectors, refused) = await scope.Embedding
            .EmbedAsync([.. documents.SelectMany(document => document.Inputs)], purpose, cancellationToken).ConfigureAwait(false);
        if (refused.Count > 0)
        {
            throw Refused(documents, refused);
        }

        var writes = documents.Select(document => VectorFill.Of(document.Write, vectors))
            .Where(write => !VectorFill.IsWaiting(write)).ToList();
        await scope.Session.ApplyAsync(new ApplyBatch(generation, run, writes), CancellationToken.None).ConfigureAwait(false);
        if (writes.Count < documents.Count)
        {
            throw new BudgetReachedException();
        }
    }

    /// <summary>A generation without all documents would lose some to every query: the former one goes on answering.</summary>
    private static TidemarkException Refused(
        IReadOnlyList<RebuiltDocument> documents, IReadOnlyDictionary<ContentHash, InputRefusal> refused)
    {
        var document = documents.First(document => document.Inputs.Any(input => refused.ContainsKey(input.Hash)));
        var refusal = refused[document.Inputs.First(input => refused.ContainsKey(input.Hash)).Hash];
        return new TidemarkException(
            refusal.Code,
            $"a chunk of '{document.Write.Id}' has no vector in the new space: {refusal.Message}; the former generation stays",
            "change or remove the document and sync it as the index was built, then rebuild again");
    }
}
