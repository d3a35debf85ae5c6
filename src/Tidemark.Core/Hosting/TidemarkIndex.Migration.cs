using Tidemark.Diagnostics;
using Tidemark.Judging;
using Tidemark.Migrating;
using Tidemark.Searching;
using Tidemark.Syncing;

namespace Tidemark;

/// <content>Another chunker or model without a gap.</content>
public sealed partial class TidemarkIndex
{
    /// <summary>
    /// Builds a generation beside the one that answers, with what the index is set to now, or goes on with it; searches and syncs go on
    /// meanwhile, and each sync brings it along. <see cref="PromoteMigrationAsync"/> lets it answer.
    /// </summary>
    /// <param name="options">What it may cost.</param>
    /// <param name="cancellationToken">Ends it between two pages; the next call goes on.</param>
    /// <returns>Of the run that built; of a dry one its price.</returns>
    /// <exception cref="TidemarkException">
    /// <c>migration.running</c>: another one is under way; <c>migration.missing</c>: there is no index yet; <c>usage</c>: the namespace is built
    /// so already.
    /// </exception>
    public async Task<SyncReport> StartMigrationAsync(MigrationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options = Patient(options);
        await _pipelines.PrepareAsync(cancellationToken).ConfigureAwait(false);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var pipeline = await _pipelines.OpenAsync(
            store, NameOf(options.Namespace), _ => !options.DryRun, brought: null, anew: true, cancellationToken).ConfigureAwait(false);
        return await (await MigrationAsync(options, cancellationToken).ConfigureAwait(false))
            .StartAsync(pipeline, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where the generations of a namespace stand.</summary>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    public async Task<MigrationStatus> MigrationStatusAsync(string? @namespace = null, CancellationToken cancellationToken = default) =>
        await (await MigrationAsync(new MigrationOptions { Namespace = @namespace }, cancellationToken).ConfigureAwait(false))
            .StatusAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>What the golden queries say to letting the generation answer that a migration builds.</summary>
    /// <param name="namespace">Null: the namespace of the index.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <exception cref="TidemarkException">
    /// <c>migration.missing</c>; <c>migration.behind</c>: it is not built yet; as <see cref="SearchAsync"/>: a query cannot be asked.
    /// </exception>
    public async Task<GoldenComparison> ValidateMigrationAsync(string? @namespace = null, CancellationToken cancellationToken = default)
    {
        var name = NameOf(@namespace);
        var store = await _opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        var candidate = await (await MigrationAsync(new MigrationOptions { Namespace = name }, cancellationToken).ConfigureAwait(false))
            .RequireCandidateAsync(cancellationToken).ConfigureAwait(false);
        var queries = await store.Golden.ListAsync(name, cancellationToken).ConfigureAwait(false);
        if (queries.Count == 0)
        {
            return GoldenComparison.Of([]);
        }

        var active = new SearchEngine(
            store, await _pipelines.ModelOfQuestionAsync(store, name, cancellationToken).ConfigureAwait(false), _opener.Clock);
        var beside = new SearchEngine(
            store, (await _pipelines.OpenFollowerAsync(candidate, cancellationToken).ConfigureAwait(false)).Model, _opener.Clock);
        return await GoldenEngine.CompareAsync(
            queries,
            new GoldenSearches(active.SearchAsync, name).AskAsync,
            new GoldenSearches((query, options, stop) => beside.SearchAsync(query, options with { Beside = true }, stop), name).AskAsync,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets the generation answer that a migration built; the former one follows, for the way back.</summary>
    /// <exception cref="TidemarkException">
    /// <c>migration.missing</c>, <c>migration.behind</c>, <c>migration.blocked</c>; what answered goes on answering.
    /// </exception>
    public async Task<MigrationSwitch> PromoteMigrationAsync(MigrationOptions? options = null, CancellationToken cancellationToken = default) =>
        await (await MigrationAsync(options = Patient(options), cancellationToken).ConfigureAwait(false))
            .PromoteAsync(options, cancellationToken).ConfigureAwait(false);

    /// <summary>Lets the generation answer again that did before the last promotion.</summary>
    /// <exception cref="TidemarkException"><c>migration.missing</c>, <c>migration.behind</c>; what answered goes on answering.</exception>
    public async Task<MigrationSwitch> RollBackMigrationAsync(MigrationOptions? options = null, CancellationToken cancellationToken = default) =>
        await (await MigrationAsync(options = Patient(options), cancellationToken).ConfigureAwait(false))
            .RollBackAsync(options, cancellationToken).ConfigureAwait(false);

    /// <summary>Ends a migration that was promoted: the former generation is retired, and there is no way back to it.</summary>
    /// <exception cref="TidemarkException"><c>migration.missing</c>.</exception>
    public async Task<MigrationSwitch> FinishMigrationAsync(MigrationOptions? options = null, CancellationToken cancellationToken = default) =>
        await (await MigrationAsync(options = Patient(options), cancellationToken).ConfigureAwait(false))
            .FinishAsync(options, cancellationToken).ConfigureAwait(false);

    /// <summary>Gives a migration up that was not promoted.</summary>
    /// <exception cref="TidemarkException"><c>migration.missing</c>.</exception>
    public async Task<MigrationSwitch> CancelMigrationAsync(MigrationOptions? options = null, CancellationToken cancellationToken = default) =>
        await (await MigrationAsync(options = Patient(options), cancellationToken).ConfigureAwait(false))
            .CancelAsync(options, cancellationToken).ConfigureAwait(false);

    private MigrationOptions Patient(MigrationOptions? options) =>
        (options ?? new MigrationOptions()) with { Wait = options?.Wait ?? _setup.Patience };

    private async Task<MigrationEngine> MigrationAsync(MigrationOptions options, CancellationToken cancellationToken) => new(
        await _opener.OpenAsync(cancellationToken).ConfigureAwait(false),
        NameOf(options.Namespace),
        _pipelines.OpenFollowerAsync,
        _opener.Clock)
    {
        KeepText = _setup.KeepText,
        Gate = async stop => Refusal(await ValidateMigrationAsync(options.Namespace, stop).ConfigureAwait(false), options.AcceptInconclusive),
    };

    /// <returns>Null: it may be promoted.</returns>
    private static TidemarkException? Refusal(GoldenComparison comparison, bool isAccepted) => comparison.Outcome switch
    {
        GateOutcome.Block => new TidemarkException(
            ErrorCodes.MigrationBlocked,
            comparison.Lost.Count > 0
                ? $"'{comparison.Lost[0].Question.Query}' would lose what it must find; {Numbered.Of(comparison.Lost.Count, "golden query does", "golden queries do")}"
                : $"answers would be worse: {comparison.Metric} {comparison.Active:0.000} today, {comparison.Candidate:0.000} then",
            "'ValidateMigrationAsync()' shows which queries; take another model or chunker ('CancelMigrationAsync()'), or correct what is expected"),
        GateOutcome.Inconclusive when !isAccepted => new TidemarkException(
            ErrorCodes.MigrationBlocked,
            $"{Numbered.Of(comparison.Labelled, "golden query", "golden queries")} can neither show nor rule out a loss that matters",
            "'ValidateMigrationAsync()' says which loss so many can show; record more, or promote with MigrationOptions.AcceptInconclusive"),
        _ => null,
    };
}
