using Tidemark.Agents;
using Tidemark.Files;

namespace Tidemark.Cli.Agents;

/// <summary>
/// The index for somebody who asks for days: it may not be there yet, its file may be replaced, its server restarted. It is opened when it is
/// asked, kept open, and opened anew when another file has its name or it failed in a way that does not pass by itself.
/// </summary>
/// <param name="create">Makes an index that opens its store when it is asked.</param>
/// <param name="file">Of the store; null: it is on a server.</param>
internal sealed class ReopeningIndex(Func<TidemarkIndex> create, string? file) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Opened? _current;

    public async Task<AgentAnswer> AskAsync(Func<TidemarkIndex, Task<AgentAnswer>> ask)
    {
        var opened = await EnterAsync();
        try
        {
            var answer = await ask(opened.Index);
            if (answer.Failure is { } failure && IsLasting(failure))
            {
                await RetireAsync(opened);
            }

            return answer;
        }
        finally
        {
            await LeaveAsync(opened);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_current is { } opened)
        {
            await RetireAsync(opened);
        }
    }

    private static bool IsLasting(Exception failure) => failure is not TidemarkException
    {
        Kind: ErrorKind.Usage or ErrorKind.Item or ErrorKind.Busy or ErrorKind.Limit,
    };

    private async Task<Opened> EnterAsync()
    {
        var (opened, former) = Enter();
        if (former is not null)
        {
            await former.Index.DisposeAsync();
        }

        return opened;
    }

    /// <returns>What was opened, and what has nobody any more.</returns>
    private (Opened Opened, Opened? Former) Enter()
    {
        var identity = Identity();
        lock (_gate)
        {
            var former = _current is { } known && known.Identity != identity ? known : null;
            if (former is not null || _current is null)
            {
                _current = new Opened(create(), identity);
            }

            _current.Users++;
            return (_current, former is { Users: 0 } ? former : null);
        }
    }

    private async Task LeaveAsync(Opened opened)
    {
        bool isLeft;
        lock (_gate)
        {
            opened.Users--;
            isLeft = opened.Users == 0 && opened != _current;
        }

        if (isLeft)
        {
            await opened.Index.DisposeAsync();
        }
    }

    /// <summary>The next question opens it anew; whoever is asking goes on.</summary>
    private async Task RetireAsync(Opened opened)
    {
        bool isLeft;
        lock (_gate)
        {
            isLeft = opened == _current && opened.Users == 0;
            _current = opened == _current ? null : _current;
        }

        if (isLeft)
        {
            await opened.Index.DisposeAsync();
        }
    }

    private (ulong Device, ulong Inode)? Identity()
    {
        try
        {
            return file is not null && FileFacts.Of(file, follow: true) is { Inode: > 0 } facts ? (facts.Device, facts.Inode) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed class Opened(TidemarkIndex index, (ulong Device, ulong Inode)? identity)
    {
        public TidemarkIndex Index => index;

        public (ulong Device, ulong Inode)? Identity => identity;

        public int Users { get; set; }
    }
}
