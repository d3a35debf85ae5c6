namespace Tidemark.Records;

/// <summary>One run, as <c>runs</c> shows it.</summary>
public sealed record RunRecord
{
    /// <summary>0 before it is begun.</summary>
    public long Id { get; init; }

    /// <summary>The namespace that it changes.</summary>
    public required string Namespace { get; init; }

    /// <summary><c>sync</c>, <c>import</c>, <c>verify</c>.</summary>
    public required string Command { get; init; }

    /// <summary>Names, in the order of the call.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>By the clock of the process that runs it.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it runs, or when its process was killed and no later run has noticed yet.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Null while it runs.</summary>
    public RunOutcome? Outcome { get; init; }

    /// <summary>Whether every listing was complete and cleaned up in full, and all of it delivered: what freshness counts from.</summary>
    public bool CompleteSync { get; init; }

    /// <summary>The run's report as the command line prints it, canonical JSON; null while it runs.</summary>
    public string? ReportJson { get; init; }

    /// <summary>The saved plan that it was begun with, by its fingerprint; null: none, or the report says it.</summary>
    public string? Plan { get; init; }

    /// <summary>For stores: what is kept as its report. Until there is one, that is the plan which it does.</summary>
    public string? KeptReport => ReportJson ?? (Plan is null ? null : PlanNote.Of(Plan));

    /// <summary>For stores: the run with what was kept as its report.</summary>
    /// <param name="kept">As <see cref="KeptReport"/> gave it.</param>
    public RunRecord WithKept(string? kept) =>
        PlanNote.Read(kept) is { } plan ? this with { Plan = plan } : this with { ReportJson = kept };
}
