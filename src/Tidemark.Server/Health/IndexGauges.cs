using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidemark.Reporting;
using Tidemark.Server.Operations;
using Tidemark.Server.Working;

namespace Tidemark.Server.Health;

/// <summary>
/// How the index stands, as gauges of the meter <see cref="TidemarkTelemetry.Name"/>: of the service's own namespace and of those that it works
/// for. Whoever collects them is not kept waiting for the store: they are looked up now and then, as long as somebody listens.
/// </summary>
internal sealed partial class IndexGauges : BackgroundService
{
    private const string NamespaceTag = "tidemark.namespace";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    /// <summary>Until somebody listens.</summary>
    private static readonly TimeSpan UnheardPeriod = TimeSpan.FromSeconds(1);

    /// <summary>A code that is no alert is told as well: a series that comes and goes cannot be watched.</summary>
    private static readonly string[] AlertNames = [.. typeof(AlertCodes).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    private readonly Meter _meter = new(TidemarkTelemetry.Name);
    private readonly TidemarkIndex _index;
    private readonly FreshnessBook _freshness;
    private readonly TimeProvider _clock;
    private readonly ILogger<IndexGauges> _log;
    private readonly IReadOnlyList<string> _names;
    private readonly ObservableGauge<int> _answers;
    private volatile IReadOnlyList<NamespaceState> _states = [];
    private volatile bool _isRead;

    public IndexGauges(
        TidemarkIndex index, ServerOptions options, FreshnessBook freshness, OperationBook operations, TimeProvider clock, ILogger<IndexGauges> log)
    {
        (_index, _freshness, _clock, _log) = (index, freshness, clock, log);
        _names = [.. options.Work.Prepend(options.Namespace ?? index.Namespace).Distinct(StringComparer.Ordinal)];
        _answers = _meter.CreateObservableGauge("tidemark.store.answers", () => _isRead ? 1 : 0, null, "1: the store could be read when it was last tried.");
        _meter.CreateObservableGauge(
            "tidemark.operations.running", () => operations.All.Count(one => one.End is null), "{operation}", "Operations that go on in this process.");
        AddSizes();
        AddFreshness();
        AddMoney();
        Gauge("tidemark.alerts", "{alert}", "What somebody should look at, by its code; 0: nothing of that code.", state =>
            AlertNames.Select(code => (state.Status.Alerts.Count(alert => alert.Code == code), "tidemark.code", (string?)code)));
    }

    /// <summary>Looks it up now, unless that was done within the last second.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var states = new List<NamespaceState>();
            foreach (var name in _names)
            {
                if (await NamespaceState.ReadAsync(_index, _freshness, name, _clock, cancellationToken) is { } state)
                {
                    states.Add(state);
                }
            }

            (_states, _isRead) = (states, true);
        }
        catch (TidemarkException e)
        {
            if (_isRead)
            {
                LogUnread(_log, e.Code);
            }

            (_states, _isRead) = ([], false);
        }
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                if (_answers.Enabled)
                {
                    await RefreshAsync(stoppingToken);
                }

                await Task.Delay(_answers.Enabled ? Period : UnheardPeriod, _clock, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The service ends.
        }
    }

    private void AddSizes()
    {
        Gauge("tidemark.index.documents", "{document}", "Documents of the index.", state => One(state.Status.Namespace.Documents));
        Gauge("tidemark.index.chunks", "{chunk}", "Chunks of the index.", state => One(state.Status.Namespace.Chunks));
        _meter.CreateObservableGauge(
            "tidemark.store.size", () => _states.Take(1).Select(state => new Measurement<long>(state.Status.Bytes)), "By", "The whole store on disk.");
        Gauge<long>("tidemark.queue.changes", "{change}", "Changes in the queue, by what they wait for.", state =>
        [
            (state.Status.Queue.Pending, "tidemark.state", "pending"),
            (state.Status.Queue.Leased, "tidemark.state", "leased"),
            (state.Status.Queue.Dead, "tidemark.state", "dead"),
        ]);
        Gauge("tidemark.queue.age", "s", "Since the oldest change of the queue was enqueued; 0: nothing waits.", state => One(
            state.Status.Queue.OldestAt is { } oldest ? Math.Max(0, (_clock.GetUtcNow() - oldest).TotalSeconds) : 0));
    }

    private void AddFreshness()
    {
        Gauge("tidemark.freshness.lag", "s", "From a source's change until it could be found, by quantile.", state => Known(
            (state.Status.Freshness.P50?.TotalSeconds, "0.5"),
            (state.Status.Freshness.P95?.TotalSeconds, "0.95"),
            (state.Status.Freshness.P99?.TotalSeconds, "0.99")));
        Gauge("tidemark.freshness.sla", "s", "How late a change may be found.", state => One(state.Status.Freshness.Sla.TotalSeconds));
        Gauge("tidemark.freshness.age", "s", "Since the last complete sync.", state =>
            state.Status.Freshness.LastCompleteSyncAge is { } age ? One(age.TotalSeconds) : []);
        Gauge("tidemark.freshness.breached", null, "1: the index is staler than it may be.", state => One(state.Status.Freshness.Breached ? 1 : 0));
        Gauge("tidemark.source.age", "s", "Since all of a source was last seen.", state => state.Sources
            .Where(source => source.Age is not null)
            .Select(source => (source.Age!.Value.TotalSeconds, "tidemark.source", (string?)source.Name)));
        Gauge("tidemark.feed.lag", "s", "How late a feed of a database is.", state => state.Status.Feeds
            .Select(feed => (feed.Lag.TotalSeconds, "tidemark.source", (string?)feed.Source)));
        Gauge("tidemark.feed.log", "By", "How much of its log a database keeps because of a feed.", state => state.Status.Feeds
            .Select(feed => (feed.LagBytes, "tidemark.source", (string?)feed.Source)));
    }

    /// <summary>Of the store, all namespaces together.</summary>
    private void AddMoney()
    {
        _meter.CreateObservableGauge(
            "tidemark.month.cost", () => Money(cost => cost.Paid.PricedCost), "{USD}", "What was paid for embeddings in this month of UTC, in USD.");
        _meter.CreateObservableGauge("tidemark.month.budget", () => Money(cost => cost.Budget), "{USD}", "What may be paid in a month, in USD.");
    }

    private IEnumerable<Measurement<double>> Money(Func<CostReport, decimal?> of) => _states.Take(1)
        .Select(state => of(state.Status.Cost)).OfType<decimal>().Select(amount => new Measurement<double>((double)amount));

    private void Gauge<T>(string name, string? unit, string description, Func<NamespaceState, IEnumerable<(T Value, string Tag, string? Of)>> measure)
        where T : struct => _meter.CreateObservableGauge(
            name,
            () => _states.SelectMany(state => measure(state).Select(one => one.Of is null
                ? new Measurement<T>(one.Value, [new(NamespaceTag, state.Name)])
                : new Measurement<T>(one.Value, [new(NamespaceTag, state.Name), new(one.Tag, one.Of)]))),
            unit,
            description);

    private static IEnumerable<(T Value, string Tag, string? Of)> One<T>(T value) => [(value, "", null)];

    private static IEnumerable<(double Value, string Tag, string? Of)> Known(params (double? Value, string Quantile)[] values) =>
        values.Where(one => one.Value is not null).Select(one => (one.Value!.Value, "tidemark.quantile", (string?)one.Quantile));

    [LoggerMessage(21, LogLevel.Warning, "how the index stands cannot be read: {Code}", EventName = "gauges")]
    private static partial void LogUnread(ILogger log, string code);
}
