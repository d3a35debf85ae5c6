using System.Numerics.Tensors;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Adopting;

/// <summary>
/// Fills the embedding store from another system: each vector under the hash of the very text that was embedded. What is there stays, so a run
/// that was ended goes on when it is run again. Memory grows by some 16 bytes for each distinct text.
/// </summary>
internal sealed class AdoptionEngine(EmbeddingPorts ports, EmbeddingModel model)
{
    private readonly HashSet<ulong> _seen = [];

    /// <param name="origin">Where they are.</param>
    /// <param name="survey">What it says of itself.</param>
    /// <param name="options">What is asked first, and what that may cost.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <exception cref="TidemarkException"><c>embedding.space</c>: the claim is wrong; as the origin or the store fails. What was stored before stays.</exception>
    public async Task<AdoptionReport> AdoptAsync(
        IEmbeddingOrigin origin, OriginSurvey survey, AdoptionOptions options, CancellationToken cancellationToken)
    {
        var started = ports.Clock.GetTimestamp();
        var form = new VectorForm(model.Space, options.Shorten);
        var sample = options.Trust || options.DryRun
            ? null
            : await new ClaimCheck(ports, model).RunAsync(origin, form, options.Spending, cancellationToken).ConfigureAwait(false);
        form = form with { IsUnitModel = sample is { IsUnit: true } };
        var tally = new AdoptionTally(survey.IsHalf);
        var judge = new RowJudge(form, tally);
        var isCancelled = false;
        try
        {
            await foreach (var rows in origin.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                tally.Read(rows.Count);
                await TakeAsync([.. rows.Select(judge.Judge).OfType<JudgedRow>()], tally, options.DryRun, cancellationToken).ConfigureAwait(false);
                options.Progress?.Report(tally.Counts.Rows);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            isCancelled = true;
        }

        return new AdoptionReport
        {
            Origin = survey,
            Space = model.Space,
            Outcome = isCancelled ? RunOutcome.Cancelled : tally.HasFaults ? RunOutcome.Partial : RunOutcome.Succeeded,
            DryRun = options.DryRun,
            Counts = tally.Counts,
            Sample = sample,
            Errors = tally.Errors,
            Warnings = [.. survey.Warnings, .. AdoptionWarnings.Of(survey, tally.Counts, isCancelled)],
            Elapsed = ports.Clock.GetElapsedTime(started),
        };
    }

    private async Task TakeAsync(List<JudgedRow> rows, AdoptionTally tally, bool isDry, CancellationToken cancellationToken)
    {
        var known = await FindAsync(rows, cancellationToken).ConfigureAwait(false);
        var taken = new List<StoredEmbedding>(rows.Count);
        foreach (var row in rows)
        {
            var isDuplicate = !_seen.Add(row.Input.Prefix);
            if (known.TryGetValue(row.Input, out var other))
            {
                Compare(row, other, isDuplicate, tally);
            }
            else if (isDuplicate && isDry)
            {
                tally.Find(isDuplicate: true);
            }
            else
            {
                known.Add(row.Input, row.Shaped.Vector);
                taken.Add(new StoredEmbedding(row.Input, row.Shaped.Vector));
                tally.Take(row);
            }
        }

        if (taken.Count > 0 && !isDry)
        {
            var receipt = new EmbeddingReceipt { Cause = EmbeddingCause.Supplied };
            await ports.Embeddings.PutAsync(model.Space, taken, replace: false, receipt, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Compare(JudgedRow row, ReadOnlyMemory<float> other, bool isDuplicate, AdoptionTally tally)
    {
        var similarity = other.Length == row.Shaped.Vector.Length ? TensorPrimitives.CosineSimilarity(row.Shaped.Vector.Span, other.Span) : 0;
        if (similarity >= AdoptionSample.LeastSimilarity)
        {
            tally.Find(isDuplicate);
        }
        else
        {
            tally.Refuse(
                RowRefusal.Contradicting,
                row.Label,
                $"its vector has a similarity of {similarity.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture)} to the one that there is of the same text");
        }
    }

    private async Task<Dictionary<ContentHash, ReadOnlyMemory<float>>> FindAsync(List<JudgedRow> rows, CancellationToken cancellationToken)
    {
        ContentHash[] inputs = [.. rows.Select(row => row.Input).Distinct()];
        var found = inputs.Length == 0 || model.Space.Dimensions == 0
            ? []
            : await ports.Embeddings.FindAsync(model.Space, inputs, cancellationToken).ConfigureAwait(false);
        return found.ToDictionary(embedding => embedding.Input, embedding => embedding.Vector);
    }
}
