using System.Runtime.InteropServices;

namespace Tidemark.Cli.Hosting;

/// <summary>
/// Ctrl-C and the request to terminate: the first cancels, so that the current batch is committed and reported; the
/// second ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the first signal was the request to terminate.</summary>
    public bool IsTermination { get; private set; }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            Environment.Exit(ExitCodes.Cancelled);
        }

        IsTermination = context.Signal == PosixSignal.SIGTERM;
        _source.Cancel();
    }
}
