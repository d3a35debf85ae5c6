using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Tidemark.Files;

namespace Tidemark.Sources;

/// <summary>
/// A source's folder, held by a descriptor: what is opened through it lies beneath it at that very moment, wherever somebody
/// else leads names and links meanwhile. By openat2(2) where there is one (Linux 5.6), else folder by folder without
/// following a link.
/// </summary>
internal sealed unsafe class LinuxRoot : IDisposable
{
    private const int Again = 11, NotPermitted = 1, CrossDevice = 18, NotFolder = 20, TooManyLinks = 40;
    private const int NotImplemented = 38, TooBig = 7, Invalid = 22;
    private const ulong NoLinks = 0x04;
    private const int Attempts = 64;

    private static readonly FileFault Outside = new(FileFaultKind.Other, "a link on the way to it leads out of the source's folder");
    private static bool? s_canOpenBeneath;

    private readonly byte[] _path;
    private readonly bool _canOpenBeneath;
    private readonly SafeFileHandle _anchor;

    /// <param name="path">Absolute, without a slash at its end.</param>
    /// <param name="canOpenBeneath">Null: found out.</param>
    public LinuxRoot(byte[] path, bool? canOpenBeneath = null)
    {
        _path = path;
        _canOpenBeneath = canOpenBeneath ?? (s_canOpenBeneath ??= Probe());
        var (descriptor, _) = OpenAt(LinuxCalls.CurrentFolder, path.Length == 0 ? "/"u8 : path, LinuxCalls.OpenAsAnchor);
        _anchor = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Keeps the folder open, for somebody who will open more of it.</summary>
    public void Hold()
    {
        var held = false;
        if (!_anchor.IsInvalid)
        {
            _anchor.DangerousAddRef(ref held);
        }
    }

    public void Release()
    {
        if (!_anchor.IsInvalid)
        {
            _anchor.DangerousRelease();
        }
    }

    /// <summary>Ends the listing's own hold.</summary>
    public void Dispose() => _anchor.Dispose();

    /// <param name="path">Absolute.</param>
    /// <param name="below">Null: the path does not lie in the folder.</param>
    public bool Contains(ReadOnlySpan<byte> path, out ReadOnlySpan<byte> below)
    {
        var isInside = path.StartsWith(_path) && (path.Length == _path.Length || path[_path.Length] == '/');
        below = isInside && path.Length > _path.Length ? path[(_path.Length + 1)..] : [];
        return isInside;
    }

    /// <returns>A descriptor to read from; negative: see <paramref name="fault"/>.</returns>
    public int Open(LinuxFileTree tree, ReadOnlySpan<byte> below, out FileFault? fault)
    {
        fault = null;
        var (descriptor, code) = below.IsEmpty
            ? OpenAt((int)_anchor.DangerousGetHandle(), "."u8, LinuxCalls.OpenForReading)
            : OpenOnce(below, followsInside: true);
        if (descriptor < 0 && code is CrossDevice or TooManyLinks or NotFolder)
        {
            // A link that names its target from the top of the file system, perhaps: where that lies inside it is opened without
            // any link.
            var target = tree.Resolve([.. _path, (byte)'/', .. below]);
            if (target is null || !IsInside(tree, target, out var straight))
            {
                fault = target is null ? LinuxFileTree.FaultOf(code) : Outside;
                return -1;
            }

            (descriptor, code) = OpenOnce(straight, followsInside: false);
        }

        fault = descriptor >= 0 ? null
            : code is CrossDevice or TooManyLinks ? Outside
            : LinuxFileTree.FaultOf(code);
        return descriptor;
    }

    private (int Descriptor, int Code) OpenOnce(ReadOnlySpan<byte> below, bool followsInside)
    {
        if (!_canOpenBeneath)
        {
            return Walk(below);
        }

        var ended = stackalloc byte[below.Length + 1];
        below.CopyTo(new Span<byte>(ended, below.Length));
        ended[below.Length] = 0;
        var how = followsInside ? LinuxCalls.Beneath : LinuxCalls.Beneath | NoLinks;
        for (var attempt = 0; ; attempt++)
        {
            var descriptor = LinuxCalls.OpenBeneath((int)_anchor.DangerousGetHandle(), ended, LinuxCalls.OpenForReading, how);
            var code = Marshal.GetLastPInvokeError();

            // Somebody renamed something while the path was walked, so that the kernel could not be sure.
            if (descriptor >= 0 || code != Again || attempt == Attempts)
            {
                return (descriptor, code);
            }
        }
    }

    /// <summary>One name after the other, none of them a link.</summary>
    private (int Descriptor, int Code) Walk(ReadOnlySpan<byte> below)
    {
        var folder = -1;
        try
        {
            while (true)
            {
                var from = folder < 0 ? (int)_anchor.DangerousGetHandle() : folder;
                var end = below.IndexOf((byte)'/');
                if (end < 0)
                {
                    return OpenAt(from, below, LinuxCalls.OpenForReading | LinuxCalls.OpenNoFollow);
                }

                var (next, code) = OpenAt(from, below[..end], LinuxCalls.OpenAsAnchor | LinuxCalls.OpenNoFollow);
                if (next < 0)
                {
                    return (next, code);
                }

                Close(folder);
                folder = next;
                below = below[(end + 1)..];
            }
        }
        finally
        {
            Close(folder);
        }
    }

    private bool IsInside(LinuxFileTree tree, byte[] target, out ReadOnlySpan<byte> straight)
    {
        var root = tree.Resolve(_path.Length == 0 ? "/"u8 : _path).AsSpan().TrimEnd((byte)'/');
        var isInside = target.AsSpan().StartsWith(root) && target.Length > root.Length + 1 && target[root.Length] == '/';
        straight = isInside ? target.AsSpan(root.Length + 1) : [];
        return isInside;
    }

    private static (int Descriptor, int Code) OpenAt(int folder, ReadOnlySpan<byte> name, int flags)
    {
        var ended = stackalloc byte[name.Length + 1];
        name.CopyTo(new Span<byte>(ended, name.Length));
        ended[name.Length] = 0;
        var descriptor = LinuxCalls.OpenAt(folder, ended, flags, 0);
        return (descriptor, Marshal.GetLastPInvokeError());
    }

    private static void Close(int descriptor)
    {
        if (descriptor >= 0)
        {
            _ = LinuxCalls.Close(descriptor);
        }
    }

    /// <summary>An older kernel does not have it, and some containers forbid what they do not know.</summary>
    private static bool Probe()
    {
        var here = stackalloc byte[2] { (byte)'.', 0 };
        var descriptor = LinuxCalls.OpenBeneath(LinuxCalls.CurrentFolder, here, LinuxCalls.OpenAsAnchor, LinuxCalls.Beneath);
        var code = Marshal.GetLastPInvokeError();
        Close(descriptor);
        return descriptor >= 0 || code is not (NotImplemented or NotPermitted or TooBig or Invalid);
    }
}
