using Tidemark.Composition;
using Tidemark.Embedding;

namespace Tidemark.Cli.Output;

/// <summary>Tells of a provider that fails and is asked again, and of its recovery; once, and then now and then.</summary>
/// <param name="write">Level, event, text.</param>
internal sealed class ProviderNotice(Action<LogLevel, string, string> write, TimeProvider clock) : IProviderListener
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _failing;
    private long _told;
    private bool _isNamed;

    /// <summary>Hears, once, of the space that is worked in.</summary>
    public Action<string>? OnOpened { get; init; }

    /// <inheritdoc/>
    public EmbeddingModel Watch(EmbeddingModel model)
    {
        if (!_isNamed)
        {
            _isNamed = true;
            OnOpened?.Invoke(model.Space.Name);
        }

        return model with { OnWait = OnWait, OnRecovered = OnRecovered };
    }

    public void OnWait(TidemarkException failure, TimeSpan pause)
    {
        lock (_gate)
        {
            if (_failing != 0 && clock.GetElapsedTime(_told) < Interval)
            {
                return;
            }

            _told = clock.GetTimestamp();
            _failing = _failing == 0 ? _told : _failing;
            write(LogLevel.Warning, "failure", $"{failure.Message} [{failure.Code}]; the next try is in {Units.Seconds(pause)}");
        }
    }

    /// <inheritdoc/>
    public void OnSilence(string text) => write(LogLevel.Warning, "silence", text);

    public void OnRecovered()
    {
        lock (_gate)
        {
            if (_failing != 0)
            {
                write(LogLevel.Info, "recovery", $"the provider answers again, after {Units.Seconds(clock.GetElapsedTime(_failing))}");
            }

            _failing = 0;
        }
    }
}
