namespace Tidemark.Formats;

/// <summary>What makes a package no Word document, in words for the message.</summary>
internal sealed class DocxException(string message) : Exception(message);
