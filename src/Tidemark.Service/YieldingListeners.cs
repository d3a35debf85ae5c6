using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Tidemark.Service;

/// <summary>
/// Listeners that can be told to take no more connections while those that they took go on. On a socket that a supervisor holds, whoever comes then is
/// taken by the next process.
/// </summary>
internal sealed class YieldingListeners(SocketTransportFactory sockets) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly Lock _gate = new();
    private readonly List<IConnectionListener> _listeners = [];

    public bool CanBind(EndPoint endpoint) => sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = await sockets.BindAsync(endpoint, cancellationToken);
        lock (_gate)
        {
            _listeners.Add(listener);
        }

        return listener;
    }

    /// <summary>No connection is taken any more.</summary>
    public async Task YieldAsync(CancellationToken cancellationToken)
    {
        IConnectionListener[] all;
        lock (_gate)
        {
            all = [.. _listeners];
        }

        foreach (var listener in all)
        {
            await listener.UnbindAsync(cancellationToken);
        }
    }
}
