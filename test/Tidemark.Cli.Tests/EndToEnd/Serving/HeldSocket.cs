using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tidemark.Cli.Tests.EndToEnd.Serving;

/// <summary>A socket that is listened on by whoever is started with it, and that stays when they end, as systemd holds one.</summary>
internal sealed class HeldSocket : IDisposable
{
    private const int SetDescriptorFlags = 2;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public HeldSocket()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen(4096);
        _ = Set(_socket.SafeHandle.DangerousGetHandle(), SetDescriptorFlags, 0); // those who are started get it
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_socket.LocalEndPoint!).Port}";

    /// <summary>Starts the service as systemd does: the socket is descriptor 3, and two variables say so.</summary>
    public TidemarkProcess Start(Workspace work) => TidemarkProcess.Start(
        work.Root,
        ["-c", $"exec 3<&{_socket.SafeHandle.DangerousGetHandle()}; export LISTEN_FDS=1 LISTEN_PID=$$; exec \"{TidemarkProcess.Executable}\" serve"],
        work.Environment,
        "/bin/bash");

    public void Dispose() => _socket.Dispose();

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Set(nint descriptor, int command, int value);
}
