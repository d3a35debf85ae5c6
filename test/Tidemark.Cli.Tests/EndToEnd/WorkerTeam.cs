namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Workers that are started again when they end, as a supervisor does.</summary>
internal sealed class WorkerTeam(Workspace work, int size, params string[] arguments) : IDisposable
{
    private readonly TidemarkProcess?[] _workers = new TidemarkProcess?[size];

    /// <summary>Starts those that are not there.</summary>
    public void Fill()
    {
        for (var i = 0; i < _workers.Length; i++)
        {
            if (_workers[i] is null or { HasExited: true })
            {
                _workers[i]?.Dispose();
                _workers[i] = work.Start(["worker", "--quiet", .. arguments]);
            }
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill(int index)
    {
        _workers[index]?.Kill();
    }

    public void Dispose()
    {
        foreach (var worker in _workers)
        {
            worker?.Dispose();
        }
    }
}
