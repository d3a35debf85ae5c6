using Tidemark.Sources;
using Tidemark.Syncing;

namespace Tidemark.Cli.Output;

/// <summary>What watching does, as lines of a log.</summary>
/// <param name="hasAll">Runs that found nothing to do are told, too.</param>
internal sealed class WatchLog(RunLog log, bool hasAll) : IWatchObserver
{
    private const int MostFailures = 20;

    public void Start(IEnumerable<string> sources) => log.Write(
        LogLevel.Info, "start", $"watches {string.Join(", ", sources.Select(source => $"'{source}'"))}");

    public void OnStarted(int folders) => log.Write(
        LogLevel.Info,
        "watching",
        $"in step, and {Units.Count(folders, "folder")} watched",
        json => json.WriteNumber("folders", folders));

    public void OnRun(SyncReport report, IReadOnlyList<string> parts)
    {
        var documents = report.Documents;
        var changed = documents.Added + documents.Updated + documents.Deleted;
        if (hasAll || changed > 0)
        {
            log.Write(
                LogLevel.Info,
                "run",
                $"{Counts(documents)} {(parts.Count == 0 ? "of everything" : $"in {string.Join(", ", parts.Select(part => $"'{part}'"))}")}, "
                + $"{Units.Count(report.Embedding.Inputs, "text")} embedded, {Units.Seconds(report.Elapsed)}",
                json =>
                {
                    json.WriteNumber("run", report.Run ?? 0);
                    json.WriteNumber("added", documents.Added);
                    json.WriteNumber("updated", documents.Updated);
                    json.WriteNumber("deleted", documents.Deleted);
                    json.WriteNumber("failed", documents.Failed);
                    json.WriteNumber("inputs", report.Embedding.Inputs);
                    json.WriteNumber("elapsedSeconds", Math.Round(report.Elapsed.TotalSeconds, 3));
                });
        }

        foreach (var error in report.Errors.Take(MostFailures))
        {
            log.Write(LogLevel.Warning, "failure", $"{error.Item}: {error.Message} [{error.Code}]; {error.Remedy}");
        }

        if (report.Guard is { } guard && parts.Count == 0)
        {
            log.Write(
                LogLevel.Warning,
                "guard",
                $"held back {Units.Count(guard.Held, "deletion")} of '{guard.Source}'. Nothing was lost; if these documents really are gone: "
                + "tidemark sync --allow-delete");
        }
    }

    public void OnTrouble(WatchTrouble trouble) => log.Write(
        trouble switch
        {
            WatchTrouble.Wedged => LogLevel.Error,
            WatchTrouble.IgnoreFile => LogLevel.Info,
            _ => LogLevel.Warning,
        },
        WatchTroubleName.Of(trouble),
        trouble switch
        {
            WatchTrouble.Overflow => "more happened at once than the system keeps for its readers: everything is listed "
                + "(as root, 'sysctl fs.inotify.max_queued_events=131072' keeps more)",
            WatchTrouble.Limit => "the system watches no more folders for this user: everything is listed every 10 s "
                + "(as root, 'sysctl fs.inotify.max_user_watches=1048576' allows more)",
            WatchTrouble.RootLost => "the folder of a source was moved, deleted or replaced: everything is listed",
            WatchTrouble.Unmounted => "a file system in a source was unmounted: everything is listed",
            WatchTrouble.IgnoreFile => "an ignore file changed: everything is listed",
            WatchTrouble.Wedged => "no event has come for 30 s although a file was written: everything is listed every 10 s, and another reader tries",
            WatchTrouble.Remote => "a source lies on a network or in a program's file system, which does not tell what others change: "
                + "everything is listed every 10 s",
            _ => "a folder cannot be watched: everything is listed every 10 s",
        });

    public void OnOutage(TidemarkException failure, TimeSpan nextTry) => log.Write(
        LogLevel.Warning, "outage", failure, nextTry, $"the next try is in {Units.Seconds(nextTry)}, nothing is lost");

    public void OnRecovered(TimeSpan after) => log.Write(
        LogLevel.Info, "recovery", $"works again, after {Units.Seconds(after)}", json =>
            json.WriteNumber("afterSeconds", Math.Round(after.TotalSeconds, 3)));

    public void End(WatchReport report) => log.Write(
        LogLevel.Info, "end", $"stopped after {Units.Seconds(report.Elapsed)}: {Units.Count(report.Runs, "run")}");

    public void Fail(TidemarkException failure) => log.Write(LogLevel.Error, "end", failure, nextTry: null, failure.Remedy);

    private static string Counts(DocumentCounts documents)
    {
        (long Count, string Word)[] counts = [(documents.Updated, "changed"), (documents.Added, "new"), (documents.Deleted, "deleted"), (documents.Failed, "failed")];
        var said = string.Join(" · ", counts.Where(one => one.Count > 0).Select(one => $"{Units.Count(one.Count)} {one.Word}"));
        return said.Length > 0 ? said : "nothing changed";
    }
}
