using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tidemark.Server.Guarding;
using Tidemark.Server.Hooks;
using Tidemark.Server.Operations;

namespace Tidemark.Server.Health;

/// <summary>
/// Looks, as soon as the server listens, who can reach it: a service that others can reach and that asks for no key does not start. Ends
/// what is under way when it stops.
/// </summary>
internal sealed class ServiceLife(
    TidemarkIndex index, IServiceProvider services, AccessGuard access, HookSet hooks, OperationBook operations) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var isLoopback = addresses.Count > 0 && addresses.All(HostGuard.IsLoopback);
        if (addresses.FirstOrDefault(address => !HostGuard.IsLoopback(address)) is { } open
            && !await access.IsGuardedAsync(cancellationToken))
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                $"the service would listen on '{open}', where others can reach it, and nobody has made a key",
                "make one first: 'tidemark keys create NAME'; or listen on 127.0.0.1");
        }

        if (!isLoopback && hooks.Open.FirstOrDefault() is { } unguarded)
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                $"the hook '{unguarded.Name}' checks no sender, and others can reach the service",
                "give the hook a 'signature', or listen on 127.0.0.1");
        }

        access.Know(isLoopback);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => operations.StopAsync(cancellationToken);

    /// <summary>
    /// A store that is not there, or not one of this release, is told before anything listens. One that does not answer at this moment may later.
    /// </summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await index.OpenStoreAsync(cancellationToken);
        }
        catch (TidemarkException e) when (e.IsTransient)
        {
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
