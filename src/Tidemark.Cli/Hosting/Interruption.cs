using System.Runtime.InteropServices;

namespace Tidemark.Cli.Hosting;

/// <summary>
/// Ctrl-C, the request to terminate and a terminal that is closed: the first cancels, so that the current batch is committed and reported. Only a
/// person who presses Ctrl-C once more ends the process at once; supervisors repeat themselves (GNU <c>timeout</c> asks twice
/// within a millisecond) and kill whom they will not wait for.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly TimeProvider _clock;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration? _hangUp;
    private readonly Lock _gate = new();
    private long _first;

    public Interruption(TimeProvider clock)
    {
        _clock = clock;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
        _hangUp = IgnoredSignals.HasHangUp() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the first signal was a request to terminate, not Ctrl-C.</summary>
    public bool IsTermination { get; private set; }

    /// <summary>Says at once that the first signal was heard.</summary>
    public Action<bool>? Acknowledge { get; set; }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _hangUp?.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        TimeSpan? since;
        lock (_gate)
        {
            since = _first == 0 ? null : _clock.GetElapsedTime(_first);
            _first = _first == 0 ? _clock.GetTimestamp() : _first;
        }

        switch (SignalRule.Judge(context.Signal, since))
        {
            case SignalVerdict.Stop:
                IsTermination = context.Signal != PosixSignal.SIGINT;
                Acknowledge?.Invoke(IsTermination);
                _source.Cancel();
                break;
            case SignalVerdict.EndNow:
                Environment.Exit(ExitCodes.Cancelled);
                break;
        }
    }
}
