using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Tidemark.Files;

/// <summary>Opens whatever stands under a name without waiting: a pipe may have taken a file's place a moment ago.</summary>
internal static class PromptFile
{
    /// <summary>To be looked at next (<see cref="FileFacts.Of(SafeFileHandle)"/>): it may be anything.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static unsafe SafeFileHandle Open(string path)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete, options: FileOptions.SequentialScan);
        }

        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            var descriptor = OperatingSystem.IsLinux()
                ? LinuxCalls.OpenAt(LinuxCalls.CurrentFolder, name, LinuxCalls.OpenForReading, 0)
                : MacCalls.Open(name, MacCalls.OpenForReading);
            return descriptor >= 0
                ? new SafeFileHandle(descriptor, ownsHandle: true)
                : throw SystemFault.Of(Marshal.GetLastPInvokeError());
        }
    }
}
