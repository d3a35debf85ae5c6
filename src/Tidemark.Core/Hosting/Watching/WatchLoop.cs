using System.Collections.Concurrent;
using Tidemark.Documents;
using Tidemark.Files;
using Tidemark.Records;
using Tidemark.Sources;
using Tidemark.Syncing;

namespace Tidemark;

/// <summary>
/// Runs the ordinary sync when something happened in watched folders: of those folders where events say which, of all where they do not,
/// and of all now and then anyway.
/// </summary>
internal sealed class WatchLoop : IDisposable
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1), LongestRest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<WatchTrouble> _troubles = new();
    private readonly Signal _signal = new();
    private readonly WatchOptions _options;
    private readonly Func<IReadOnlyList<IDocumentSource>, CancellationToken, Task<SyncReport>> _sync;
    private readonly Func<FolderEvents> _create;
    private readonly TimeProvider _clock;
    private readonly WatchTally _tally;
    private readonly WatchedSource[] _sources;
    private readonly HashSet<WatchTrouble> _told = [];
    private readonly Dictionary<WatchedSource, (ulong Device, ulong Inode)?> _roots = [];
    private FolderEvents _events;
    private Heartbeat _heart;
    private bool _isBlind;
    private bool _isWedged;
    private long _completed;
    private long? _failed;
    private long _failedFirst;
    private TimeSpan _rest = TimeSpan.Zero;

    /// <param name="options">What is watched.</param>
    /// <param name="sync">Makes a run of these sources.</param>
    /// <param name="create">Makes what watches.</param>
    /// <param name="clock">Of all that is waited for.</param>
    public WatchLoop(
        WatchOptions options,
        Func<IReadOnlyList<IDocumentSource>, CancellationToken, Task<SyncReport>> sync,
        Func<FolderEvents> create,
        TimeProvider clock)
    {
        (_options, _sync, _create, _clock) = (options, sync, create, clock);
        _tally = new WatchTally(clock);
        _sources = [.. options.Folders.Select(folder => new WatchedSource(folder, clock))];
        _events = Open();
        _heart = new Heartbeat(_events, clock);
    }

    /// <exception cref="TidemarkException">What no rest mends; before the first run nothing is waited for but another run.</exception>
    public async Task<WatchReport> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var source in _sources.Where(source => IsRemote(source.Root)))
            {
                _troubles.Enqueue(WatchTrouble.Remote);
            }

            await RunAllAsync(isFirst: true, cancellationToken).ConfigureAwait(false);
            _options.Observer?.OnStarted(_events.Count);
            while (!cancellationToken.IsCancellationRequested)
            {
                await StepAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was under way is committed and closed.
        }

        return _tally.Report();
    }

    public void Dispose()
    {
        _heart.Dispose();
        _events.Dispose();
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        await _signal.WaitAsync(NextIn(), _clock, cancellationToken).ConfigureAwait(false);
        TellTroubles();
        CheckHeart();
        if (RestIn() > TimeSpan.Zero)
        {
            return;
        }

        if (CompleteIn() == TimeSpan.Zero)
        {
            await RunAllAsync(isFirst: false, cancellationToken).ConfigureAwait(false);
        }
        else if (_sources.Any(IsDue))
        {
            await RunMarkedAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan NextIn()
    {
        var work = _sources.Select(source => source.Dirty.DueIn(_options.Quiet, _options.Longest)).Append(CompleteIn()).Min()!.Value;
        var rest = RestIn();
        work = work < rest ? rest : work;
        return work < _heart.DueIn ? work : _heart.DueIn;
    }

    private bool IsDue(WatchedSource source) => source.Dirty.DueIn(_options.Quiet, _options.Longest) == TimeSpan.Zero;

    private TimeSpan CompleteIn() => Left(_isBlind || _isWedged ? _options.Poll : _options.Complete, _completed);

    private TimeSpan RestIn() => _failed is { } at ? Left(_rest, at) : TimeSpan.Zero;

    private TimeSpan Left(TimeSpan time, long since)
    {
        var left = time - _clock.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Marks are taken before the listing: what happens meanwhile is marked anew.</summary>
    private async Task RunMarkedAsync(CancellationToken cancellationToken)
    {
        var listed = new List<(WatchedSource Source, IReadOnlyList<string>? Parts)>();
        foreach (var source in _sources.Where(source => source.Dirty.DueIn(_options.Quiet, _options.Longest) is not null))
        {
            var parts = WatchedParts.Of(source, source.Dirty.Take(), Directory.Exists);
            if (parts is not { Count: 0 })
            {
                listed.Add((source, parts));
            }
        }

        if (listed.Count == 0)
        {
            return;
        }

        try
        {
            var report = await RunAsync(listed, cancellationToken).ConfigureAwait(false);
            if (report?.Guard is not null && listed.Exists(one => one.Parts is not null))
            {
                // Of a part few documents are many: the whole source says how many they are.
                await RunAsync([.. listed.Select(one => (one.Source, (IReadOnlyList<string>?)null))], cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.SourceMissing && listed.Exists(one => one.Parts is not null))
        {
            foreach (var (source, _) in listed)
            {
                source.Dirty.MarkAll();
            }
        }
        catch (TidemarkException e) when (Passes(e))
        {
            Rest(e);
        }
    }

    private async Task RunAllAsync(bool isFirst, CancellationToken cancellationToken)
    {
        foreach (var source in _sources)
        {
            source.Dirty.Take();
            source.HasLinks = false;
            _roots[source] = IdentityOf(source.Root);
        }

        try
        {
            _events.Begin();
            var report = await RunAsync([.. _sources.Select(source => (source, (IReadOnlyList<string>?)null))], cancellationToken).ConfigureAwait(false);
            if (report is { Outcome: not RunOutcome.Cancelled })
            {
                _completed = _clock.GetTimestamp();
                Array.ForEach(_sources, _events.Forget);
            }
        }
        catch (TidemarkException e) when (Passes(e) && (!isFirst || e.Kind == ErrorKind.Busy))
        {
            Rest(e);
        }
    }

    private async Task<SyncReport?> RunAsync(
        List<(WatchedSource Source, IReadOnlyList<string>? Parts)> listed, CancellationToken cancellationToken)
    {
        var report = await _sync(
            [.. listed.Select(one => new DirectorySource(
                one.Parts is null ? one.Source.Options : one.Source.Options with { Parts = one.Parts },
                new WatchingFileTree(FileTree.Native, _events, one.Source)))],
            cancellationToken).ConfigureAwait(false);
        if (_failed is not null)
        {
            _options.Observer?.OnRecovered(_clock.GetElapsedTime(_failedFirst));
            (_failed, _rest) = (null, TimeSpan.Zero);
        }

        _told.Clear();
        if (report.Warnings.Any(warning => warning.Code == ErrorCodes.StoreRewound))
        {
            Array.ForEach(_sources, source => source.Dirty.MarkAll()); // what was marked before is what the store has forgotten
        }

        var isOfParts = listed.Exists(one => one.Parts is not null);
        _tally.Add(isOfParts && report.Guard is not null ? Unguarded(report) : report, listed.Count == _sources.Length && !isOfParts);
        _options.Observer?.OnRun(
            report, [.. listed.Where(one => one.Parts is not null).SelectMany(one => one.Parts!.Select(part => $"{one.Source.Options.Name}/{part}"))]);
        TellTroubles();
        return report;
    }

    /// <summary>Whether a part lost too much is said by the run of the whole source that follows.</summary>
    private static SyncReport Unguarded(SyncReport report) =>
        report with { Guard = null, Outcome = report.Documents.Failed > 0 ? RunOutcome.Partial : RunOutcome.Succeeded };

    /// <summary>What the next try may not meet: another run, a provider that is away, a folder that is not there.</summary>
    private static bool Passes(TidemarkException failure) =>
        failure.IsTransient || failure.Code is ErrorCodes.SourceMissing or ErrorCodes.SourceUnreadable;

    private void Rest(TidemarkException failure)
    {
        _failedFirst = _failed is null ? _clock.GetTimestamp() : _failedFirst;
        _failed = _clock.GetTimestamp();
        _rest = _rest == TimeSpan.Zero ? FirstRest : _rest * 2 < LongestRest ? _rest * 2 : LongestRest;
        _options.Observer?.OnOutage(failure, _rest);
        Array.ForEach(_sources, source => source.Dirty.MarkAll());
    }

    private void CheckHeart()
    {
        var due = _heart.DueIn == TimeSpan.Zero;
        _heart.Beat();
        if (!_heart.IsAlive)
        {
            Reopen();
        }
        else if (_isWedged && _heart.IsHeard)
        {
            _isWedged = false;
            _options.Observer?.OnRecovered(_clock.GetElapsedTime(_completed));
        }

        foreach (var source in due ? _sources.Where(source => IdentityOf(source.Root) != _roots[source]) : [])
        {
            _roots[source] = IdentityOf(source.Root);
            source.Dirty.MarkAll();
            _troubles.Enqueue(WatchTrouble.RootLost);
        }

        TellTroubles();
    }

    /// <summary>Nothing is heard: another reader may hear, and until then all is listed.</summary>
    private void Reopen()
    {
        _troubles.Enqueue(WatchTrouble.Wedged);
        _isWedged = true;
        Array.ForEach(_sources, source => source.Dirty.MarkAll());
        try
        {
            var events = Open();
            _events.Dispose();
            _events = events;
        }
        catch (TidemarkException)
        {
            // It is told that nothing is heard; the former one goes on.
        }

        _heart.Move(_events);
    }

    private FolderEvents Open()
    {
        var events = _create();
        events.OnTrouble = trouble =>
        {
            _troubles.Enqueue(trouble);
            if (trouble == WatchTrouble.Overflow)
            {
                Array.ForEach(_sources, source => source.Dirty.MarkAll());
            }

            _signal.Set();
        };
        foreach (var source in _sources)
        {
            source.Dirty.OnMark = _signal.Set;
            events.Add(source);
        }

        return events;
    }

    /// <summary>Each once until the listing that it leads to.</summary>
    private void TellTroubles()
    {
        while (_troubles.TryDequeue(out var trouble))
        {
            _isBlind |= trouble is WatchTrouble.Limit or WatchTrouble.Remote or WatchTrouble.Unwatchable;
            if (_told.Add(trouble))
            {
                _tally.Add(trouble);
                _options.Observer?.OnTrouble(trouble);
            }
        }
    }

    private static bool IsRemote(string folder)
    {
        try
        {
            var drive = new DriveInfo(folder);
            return drive.DriveType == DriveType.Network || drive.DriveFormat is "v9fs" or "9p" or "fuse";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private static (ulong Device, ulong Inode)? IdentityOf(string folder)
    {
        try
        {
            return FileFacts.Of(folder, follow: true) is { } facts ? (facts.Device, facts.Inode) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
