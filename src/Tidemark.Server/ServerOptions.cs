using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tidemark.Agents;
using Tidemark.Documents;
using Tidemark.Reporting;
using Tidemark.Scheduling;
using Tidemark.Streaming;
using Tidemark.Syncing;

namespace Tidemark.Server;

/// <summary>How an index is served.</summary>
public sealed record ServerOptions
{
    /// <summary>
    /// Host names that requests may be sent to, beside those of this machine itself (<c>localhost</c>, <c>127.0.0.1</c>, <c>[::1]</c>): what
    /// stands in a browser's address line. A page of another site that points its own name at this machine gets nothing.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>
    /// Requests need no key of the service, for instance because the application lets only those in that it knows. By default they need none
    /// only where all addresses are of this machine itself and the store has no key.
    /// </summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>The namespace of requests that name none; null: that of the index.</summary>
    public string? Namespace { get; init; }

    /// <summary>Namespaces whose queued changes are carried out from the start on; those that are written to follow by themselves.</summary>
    public IReadOnlyList<string> Work { get; init; } = [];

    /// <summary>Whether queued changes are carried out here. Without it <c>tidemark worker</c> has to run somewhere.</summary>
    public bool CarriesOut { get; init; } = true;

    /// <summary>How queued changes are carried out.</summary>
    public WorkerOptions Worker { get; init; } = new();

    /// <summary>Bytes of one document that is put; of a batch each line.</summary>
    public int MostDocumentBytes { get; init; } = 16_000_000;

    /// <summary>Bytes of one batch.</summary>
    public long MostBatchBytes { get; init; } = 1_000_000_000;

    /// <summary>Beyond so many waiting changes writes are refused with <c>queue.full</c>.</summary>
    public long MostWaiting { get; init; } = 1_000_000;

    /// <summary>How long an answer may take to be made: searches, listings, single documents.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests a minute of everybody together; zero: no limit.</summary>
    public int RequestsPerMinute { get; init; }

    /// <summary>Sources of the documents that somebody puts without naming one.</summary>
    public string SourceName { get; init; } = "documents";

    /// <summary>When the index is stale, and what else is an alert.</summary>
    public StatusOptions Status { get; init; } = new();

    /// <summary>What a run may cost that somebody starts here.</summary>
    public SpendingLimits Spending { get; init; } = SpendingLimits.None;

    /// <summary>How long what is gone can be brought back, and what is not needed any more is kept.</summary>
    public GarbageOptions Retention { get; init; } = new() { History = TimeSpan.FromDays(30), Embeddings = TimeSpan.FromDays(30) };

    /// <summary>How agents are answered.</summary>
    public AgentOptions Agents { get; init; } = new();

    /// <summary>Where other systems send their events, at <c>PREFIX/api/hooks/NAME</c>.</summary>
    public IReadOnlyList<HookOptions> Hooks { get; init; } = [];

    /// <summary>
    /// Maps what hands metrics out to a scraper, for instance <c>endpoints =&gt; endpoints.MapPrometheusScrapingEndpoint("/metrics")</c>: below the
    /// prefix, and only for those who may read all of the store. The gauges of the index are looked up before. Null: nothing is handed out.
    /// </summary>
    public Func<IEndpointRouteBuilder, IEndpointConventionBuilder>? Metrics { get; init; }

    /// <summary>
    /// Makes an index over the same store that builds what a request to start a migration asks for; it is disposed of when that is built. Null: only what
    /// the index itself is set to can be built.
    /// </summary>
    public Func<MigrationTarget, TidemarkIndex>? Migrations { get; init; }

    /// <summary>Makes what is carried out here again and again, where <see cref="CarriesOut"/> says so; null: nothing.</summary>
    public Func<TidemarkIndex, IReadOnlyList<ScheduledJob>>? Jobs { get; init; }

    /// <summary>Makes the sources that can be synced by name (null: all); null: those of the index.</summary>
    public Func<IReadOnlyList<string>?, IReadOnlyList<IDocumentSource>>? Sources { get; init; }
}
