using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Composition;
using Tidemark.Records;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Tidemark.Wire;

namespace Tidemark.Cli.Commands;

/// <summary>Carries queued changes out.</summary>
internal static class WorkerCommand
{
    public const string Name = ChangeWorker.Command;

    public static TidemarkCommand Build(CommandHost host)
    {
        var options = new Options();
        var command = new TidemarkCommand(
            Name,
            "Carries queued changes out, what is due by 'schedules' and feeds of databases, until it is stopped. Start as many as you like where the store is a server.",
            "tidemark worker",
            "tidemark worker --until-empty",
            "tidemark worker --concurrency 4")
        {
            options.Concurrency, options.BatchSize, options.UntilEmpty, options.Budget,
        };
        return command.Handle(host, (context, cancellationToken) => RunAsync(context, options, cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, Options options, CancellationToken cancellationToken)
    {
        var (parsed, settings, output) = (context.Parsed, context.Settings, context.Output);
        var request = new WorkerOptions
        {
            Namespace = context.Namespace,
            Concurrency = options.Concurrency.Of(parsed),
            BatchSize = options.BatchSize.Of(parsed),
            Visibility = settings.Queue.Visibility,
            Attempts = settings.Queue.Attempts,
            UntilEmpty = options.UntilEmpty.IsOn(parsed),
            Wait = context.Wait,
            Spending = new SpendingLimits(options.Budget.Of(parsed), settings.Cost.MonthlyBudget),
        };
        var report = await WorkAsync(context, request, cancellationToken);
        output.Write(json => WorkerReportJson.Write(json, report), () => WorkerView.Of(report));
        output.Complain(WorkerView.Complaints(report, output.ListsAll));
        return ExitOf(report, request, context.Host.IsTerminated());
    }

    private static async Task<WorkerReport> WorkAsync(
        CommandContext context, WorkerOptions request, CancellationToken cancellationToken)
    {
        var (output, clock) = (context.Output, context.Host.Clock);
        if (output.IsQuiet)
        {
            await using var quiet = context.ToChange(context.Stores.OpenOrCreateAsync);
            return await WorkAsync(context, quiet, request, lines: null, cancellationToken);
        }

        var lines = new RunLog(output.Terminal.Error, clock, output.Log ?? LogForm.Text);
        var log = new WorkerLog(lines);
        log.Start(request);
        try
        {
            var notice = new ProviderNotice((level, name, text) => lines.Write(level, name, text), clock);
            await using var index = context.ToChange(context.Stores.OpenOrCreateAsync, notice);
            var report = await WorkAsync(context, index, request with { Watcher = log }, lines, cancellationToken);
            log.End(report);
            return report;
        }
        catch (TidemarkException e)
        {
            log.Fail(e);
            throw;
        }
    }

    /// <summary>Whoever works until he is stopped carries out what is due beside what is queued, and carries feeds on.</summary>
    private static async Task<WorkerReport> WorkAsync(
        CommandContext context, TidemarkIndex index, WorkerOptions request, RunLog? lines, CancellationToken cancellationToken)
    {
        var (settings, clock) = (context.Settings, context.Host.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var jobs = request.UntilEmpty ? [] : new JobComposer(settings, clock).Compose(index);
        var composer = new FeedComposer(settings, context.Host.Environment);
        var feeds = request.UntilEmpty ? new FeedHands(index, [], clock) : new FeedHands(index, composer.ComposeStanding(), clock) { LeftOut = composer.LeaveOut() };
        var due = jobs.Count == 0 ? Task.CompletedTask : index.Jobs.RunAsync(jobs, lines is null ? null : new JobLog(lines), ending.Token);
        var fed = feeds.RunAsync(lines is null ? null : source => new FeedLog(lines, source), ending.Token);
        try
        {
            return await index.RunWorkerAsync(request, cancellationToken);
        }
        finally
        {
            await ending.CancelAsync();
            await due;
            await fed;
        }
    }

    /// <summary>Who runs until it is stopped has done what it should when its supervisor stops it.</summary>
    private static int ExitOf(WorkerReport report, WorkerOptions request, bool isTerminated) =>
        report.IsStopped && (request.UntilEmpty || !isTerminated) ? ExitCodes.Cancelled
        : report.Total.Outcome == RunOutcome.Budget ? ExitCodes.HeldBack
        : report.Changes.Dead > 0 ? ExitCodes.SomeFailed
        : ExitCodes.Done;

    private sealed class Options
    {
        public NumberOption Concurrency { get; } = new("--concurrency", "N", 2, (1, 256))
        {
            Description = "Batches under way at once [default: 2]",
        };

        public NumberOption BatchSize { get; } = new("--batch-size", "N", 500, (1, 10_000))
        {
            Description = "Changes in one claim and one transaction; the result does not depend on it [default: 500]",
        };

        public Switch UntilEmpty { get; } = new(
            "--until-empty", "End when nothing waits any more, instead of waiting for more");

        public MoneyOption Budget { get; } = new("--budget")
        {
            Description = "End a run before the request that would make it cost more [default: no limit but the month's]",
        };
    }
}
