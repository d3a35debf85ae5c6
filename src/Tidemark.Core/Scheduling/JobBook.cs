using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tidemark.Records;

namespace Tidemark.Scheduling;

/// <summary>What the store remembers of the jobs of a namespace, so that of any number of processes one does each at a time.</summary>
internal sealed class JobBook(IServiceEntries entries, string @namespace, TimeProvider clock)
{
    private const string Kind = "job";

    /// <returns>Null: nobody has seen it yet, or what is there cannot be read.</returns>
    public async ValueTask<JobState?> FindAsync(string job, CancellationToken cancellationToken) =>
        await entries.FindAsync(Kind, KeyOf(job), cancellationToken).ConfigureAwait(false) is { } entry ? Read(job, entry.Value) : null;

    /// <summary>Notes that a job is known, unless it is already.</summary>
    public async ValueTask<JobState> MeetAsync(string job, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var met = new JobState(job, now);
        var entry = EntryOf(met);
        if (!await entries.TryAddAsync(entry, cancellationToken).ConfigureAwait(false)
            && await FindAsync(job, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        await entries.PutAsync(entry, cancellationToken).ConfigureAwait(false);
        return met with { Stored = entry.Value };
    }

    /// <summary>Compare and set: of any number that write from one state, one succeeds.</summary>
    /// <returns>The state as it stands there now; null: somebody else was first.</returns>
    public async ValueTask<JobState?> ReplaceAsync(JobState former, JobState state, CancellationToken cancellationToken)
    {
        var entry = EntryOf(state);
        return await entries.ReplaceAsync(entry, former.Stored!, cancellationToken).ConfigureAwait(false) ? state with { Stored = entry.Value } : null;
    }

    private ServiceEntry EntryOf(JobState state) => new(Kind, KeyOf(state.Name), Write(state), clock.GetUtcNow());

    /// <summary>Names of namespaces and jobs are chosen freely.</summary>
    private string KeyOf(string job) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{@namespace}\n{job}")));

    private static string Write(JobState state) => EntryText.Write(json =>
    {
        json.WriteNumber("takenAt", state.TakenAt.UtcTicks);
        EntryText.Write(json, "endedAt", state.EndedAt?.UtcTicks);
        EntryText.Write(json, "outcome", state.Result?.Outcome);
        EntryText.Write(json, "trouble", state.Result?.Trouble);
        EntryText.Write(json, "took", state.Took?.Ticks);
        EntryText.Write(json, "holder", state.Holder);
        EntryText.Write(json, "heldUntil", state.HeldUntil?.UtcTicks);
    });

    private static JobState? Read(string job, string value) => EntryText.Read(value, json => new JobState(job, TimeOf(json, "takenAt")!.Value)
    {
        EndedAt = TimeOf(json, "endedAt"),
        Result = EntryText.Text(json, "outcome") is { } outcome ? new JobResult(outcome, EntryText.Text(json, "trouble")) : null,
        Took = EntryText.Number(json, "took") is { } ticks ? new TimeSpan(ticks) : null,
        Holder = EntryText.Text(json, "holder"),
        HeldUntil = TimeOf(json, "heldUntil"),
        Stored = value,
    });

    /// <exception cref="FormatException">It is no time.</exception>
    private static DateTimeOffset? TimeOf(JsonElement json, string name) => EntryText.Number(json, name) switch
    {
        null => null,
        { } ticks when ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks => new DateTimeOffset(ticks, TimeSpan.Zero),
        _ => throw new FormatException(),
    };
}
