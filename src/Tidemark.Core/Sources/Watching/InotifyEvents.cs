using System.Runtime.InteropServices;
using System.Text;
using Tidemark.Files;

namespace Tidemark.Sources;

/// <summary>Linux: one watch a folder, read by a thread of its own, so that the system's queue is emptied whatever else goes on.</summary>
internal sealed unsafe class InotifyEvents : FolderEvents
{
    private const int NoSpace = 28, NoEntry = 2, NoAccess = 13, NotFolder = 20, Interrupted = 4;
    private const int BufferBytes = 256 * 1024, PatienceMilliseconds = 200;

    private readonly WatchTable _table = new();
    private readonly Thread _reader;
    private readonly int _descriptor;
    private int _beatWatch = -1;
    private volatile bool _ended;
    private int _isLimitTold;
    private int _isOtherTold;

    /// <exception cref="TidemarkException">The system gives no more readers to this user.</exception>
    public InotifyEvents()
    {
        _descriptor = InotifyCalls.Open(InotifyCalls.CloseOnExec);
        if (_descriptor < 0)
        {
            throw new TidemarkException(
                ErrorCodes.SourceUnreadable,
                $"folders cannot be watched: {Marshal.GetLastPInvokeErrorMessage()}",
                "this user has too many programs that watch folders; end some, or as root: sysctl fs.inotify.max_user_instances=1024");
        }

        _reader = new Thread(ReadAll) { IsBackground = true, Name = "tidemark-watch" };
        _reader.Start();
    }

    public override int Count => _table.Count;

    public override void WatchBeat(string folder) => _beatWatch = Watch(folder);

    public override void Add(WatchedSource source)
    {
    }

    public override void Begin() => _table.Begin();

    public override void Enter(WatchedSource source, string path)
    {
        var watch = Watch(path);
        if (watch >= 0)
        {
            _table.Set(watch, source, path);
            return;
        }

        var code = Marshal.GetLastPInvokeError();
        if (code == NoSpace)
        {
            if (Interlocked.Exchange(ref _isLimitTold, 1) == 0)
            {
                OnTrouble(WatchTrouble.Limit);
            }
        }
        else if (code is not (NoEntry or NotFolder or NoAccess) && Interlocked.Exchange(ref _isOtherTold, 1) == 0)
        {
            OnTrouble(WatchTrouble.Unwatchable);
        }

        // What is gone or may not be entered cannot be listed either, which the run reports.
    }

    public override void Forget(WatchedSource source)
    {
        foreach (var watch in _table.Forget(source))
        {
            _ = InotifyCalls.Remove(_descriptor, watch);
        }
    }

    public override void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            _reader.Join();
            _ = LinuxCalls.Close(_descriptor);
        }
    }

    private int Watch(string path)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes((path.Length == 0 ? "/" : path) + '\0'))
        {
            return InotifyCalls.Add(_descriptor, name, InotifyCalls.Everything);
        }
    }

    private void ReadAll()
    {
        var buffer = new byte[BufferBytes];
        var request = new InotifyCalls.PollRequest { Descriptor = _descriptor, Wanted = InotifyCalls.Readable };
        while (!_ended)
        {
            if (InotifyCalls.Poll(&request, 1, PatienceMilliseconds) <= 0)
            {
                continue;
            }

            nint length;
            fixed (byte* start = buffer)
            {
                length = InotifyCalls.Read(_descriptor, start, BufferBytes);
            }

            if (length < 0 && Marshal.GetLastPInvokeError() != Interrupted)
            {
                return; // The heartbeat finds out.
            }

            foreach (var one in InotifyEvent.ReadAll(buffer, (int)Math.Max(0, length)))
            {
                Take(one);
            }
        }
    }

    private void Take(in InotifyEvent one)
    {
        if (one.Is(InotifyCalls.Overflow))
        {
            OnTrouble(WatchTrouble.Overflow);
        }
        else if (one.Watch == _beatWatch)
        {
            Beat();
        }
        else
        {
            foreach (var (source, path) in _table.Find(one.Watch))
            {
                Take(one, source, path);
            }

            if (one.Is(InotifyCalls.Ignored))
            {
                _table.Remove(one.Watch);
            }
        }
    }

    private void Take(in InotifyEvent one, WatchedSource source, string path)
    {
        if (one.Is(InotifyCalls.Unmounted))
        {
            source.Dirty.MarkAll();
            OnTrouble(WatchTrouble.Unmounted);
        }
        else if (one.Is(InotifyCalls.SelfDeleted | InotifyCalls.SelfMoved))
        {
            if (path == source.Root)
            {
                source.Dirty.MarkAll();
                OnTrouble(WatchTrouble.RootLost);
            }
        }
        else if (!one.Is(InotifyCalls.Ignored) && source.Happened(path, one.Name, one.Is(InotifyCalls.IsFolder)))
        {
            OnTrouble(WatchTrouble.IgnoreFile);
        }
    }
}
