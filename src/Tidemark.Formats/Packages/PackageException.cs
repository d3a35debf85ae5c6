namespace Tidemark.Formats;

/// <summary>What makes a package none of its format, in words for the message.</summary>
internal sealed class PackageException(string message) : Exception(message);
