using System.Net;
using System.Net.Sockets;

namespace Tidemark.ProviderServer;

/// <summary>Listens to HTTP on a port of its own. <see cref="HttpListener"/> cannot ask the system for one, so somebody may be faster.</summary>
public static class LoopbackListener
{
    /// <exception cref="HttpListenerException">No port could be had in many tries.</exception>
    public static HttpListener Start(out Uri place)
    {
        for (var triesLeft = 50; ; triesLeft--)
        {
            place = new Uri($"http://127.0.0.1:{FreePort()}");
            var listener = new HttpListener();
            listener.Prefixes.Add(place.AbsoluteUri);
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException) when (triesLeft > 0)
            {
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
