using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tidemark.Hosting.Tests;

/// <summary>A host of nothing but the services of a test, which are started and stopped as a host does it.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public TestHost(Action<IServiceCollection> register)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(Logs).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        register(services);
        _provider = services.BuildServiceProvider();
    }

    public CapturedLogs Logs { get; } = new();

    public IServiceProvider Services => _provider;

    public TidemarkIndex Index => _provider.GetRequiredService<TidemarkIndex>();

    public IReadOnlyList<IHostedService> Hosted => [.. _provider.GetServices<IHostedService>()];

    public async Task StartAsync()
    {
        foreach (var service in Hosted)
        {
            await service.StartAsync(CancellationToken.None);
        }
    }

    public async Task StopAsync()
    {
        foreach (var service in Hosted.Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Waits for a fact, for as long as a slow machine may need.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isSo())
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"It never came to be that {what}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }

    public static Task UntilAsync(string what, Func<bool> isSo) => UntilAsync(what, () => Task.FromResult(isSo()));

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
