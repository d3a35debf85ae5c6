using System.Runtime.InteropServices;

namespace Tidemark.Files;

/// <summary>From the system's error numbers to the platform's exceptions.</summary>
internal static class SystemFault
{
    public static Exception Of(int code)
    {
        const int NotPermitted = 1, NoEntry = 2, NoAccess = 13, NotFolder = 20, NameTooLong = 36, NameTooLongOnMac = 63;
        var message = Marshal.GetPInvokeErrorMessage(code);
        return code switch
        {
            NotPermitted or NoAccess => new UnauthorizedAccessException(message),
            NoEntry => new FileNotFoundException(message),
            NotFolder => new DirectoryNotFoundException(message),
            _ when code == (OperatingSystem.IsMacOS() ? NameTooLongOnMac : NameTooLong) => new PathTooLongException(message),
            _ => new IOException(message, code),
        };
    }
}
