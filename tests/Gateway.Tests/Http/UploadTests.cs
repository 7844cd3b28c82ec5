using System.Text;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway.Tests;

public sealed class UploadTests : IDisposable
{
    private const string Boundary = "part";

    // A header is enough: nothing is decoded here. 1 x 1 pixels, 24 bit.
    private static readonly byte[] _bitmap = Convert.FromHexString(
        "424D3A0000000000000036000000280000000100000001000000010018000000000004000000000000000000000000000000000000000000FF00");

    private readonly string _folder = Directory.CreateTempSubdirectory("chitti-upload-").FullName;
    private readonly FolderObjectStore _objects;
    private readonly IOptions<LimitOptions> _limits = Options.Create(new LimitOptions { MaxUploadBytes = 1_000 });

    public UploadTests() => _objects = new(new() { Root = _folder, ReserveBytes = 0 });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ReadAsync_FieldsBeforeAndAfterTheFiles_TakesBoth()
    {
        await using var form = await ReadAsync(Field("part_id", "P-1") + File("a.bmp") + File("b.bmp") + Field("batch_id", "B 1"));

        Assert.Null(form.Problem);
        Assert.Equal(["a.bmp", "b.bmp"], form.Files.Select(file => file.Name));
        Assert.Equal(("P-1", "B 1"), (form.Field("part_id"), form.Field("batch_id")));
        Assert.All(form.Files, file => Assert.Equal((58L, 1, 1), (file.Size, file.Header.Width, file.Header.Height)));
    }

    public static TheoryData<string, int> Refused => new()
    {
        { "", 400 },
        { Field("part_id", "P-1"), 400 },
        { File("a.bmp", ""), 400 },
        { File("a.bmp") + File("b.bmp", ""), 400 },
        { File("a.jpg", "only text, whatever it is called"), 415 },
        { File("a.gif", "GIF89a and so on and so forth and so on"), 415 },
        { File("a.bmp", Bitmap + new string('x', 1_000)), 413 },
        { File("a.bmp") + Field("part_id", new string('x', 201)), 400 },
        { File("a.bmp") + Field("part_id", new string('x', 100_000)), 400 },
        { File("a.bmp") + Field("batch_id", "tab\there"), 400 },
        { File("a.bmp") + Field("profile_id", "../x"), 400 },
        { File("a.bmp") + Field("part_id", "a") + Field("part_id", "b"), 400 },
        { File("a.bmp") + Field("colour", "red"), 400 },
        { string.Concat(Enumerable.Repeat(File("a.bmp"), 101)), 400 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task ReadAsync_BadPart_IsRefusedAndLeavesNothing(string parts, int status)
    {
        await using (var form = await ReadAsync(parts))
        {
            Assert.Equal(status, form.Problem?.StatusCode);
        }

        Assert.Empty(FilesLeft());
    }

    [Fact]
    public async Task ReadAsync_FieldOfTooManyBytes_SaysSo()
    {
        await using var form = await ReadAsync(Field("profile_id", new string('x', 1_001)));

        var problem = Assert.IsType<HttpValidationProblemDetails>(form.Problem!.ProblemDetails);
        Assert.Equal(["has more than 1000 bytes"], problem.Errors["profile_id"]);
    }

    [Fact]
    public async Task ReadAsync_BodyEndsBeforeItsBoundary_ThrowsBadRequestAndLeavesNothing()
    {
        await Assert.ThrowsAsync<BadHttpRequestException>(() => ReadAsync(File("a.bmp"), end: ""));

        Assert.Empty(FilesLeft());
    }

    [Fact]
    public async Task Fingerprint_SameParts_IsTheSame_OtherOrderIsNot()
    {
        var (a, b, field) = (File("a.bmp"), File("b.bmp"), Field("part_id", "P-1"));

        Assert.Equal(await FingerprintAsync(a + b + field), await FingerprintAsync(field + a + b));
        Assert.NotEqual(await FingerprintAsync(a + b), await FingerprintAsync(b + a));
        Assert.NotEqual(await FingerprintAsync(a), await FingerprintAsync(a + field));
    }

    [Theory]
    [InlineData(nameof(ICatalog.AddFilesAsync))]
    [InlineData(nameof(ICatalog.FlushAsync))]
    public async Task AcceptAsync_NotYetDurable_LeavesNeitherObjectNorRow(string failing)
    {
        var stored = new HashSet<Guid>();

        await using (var form = await ReadAsync(File("a.bmp") + File("b.bmp")))
        {
            await Assert.ThrowsAsync<IOException>(
                () => Intake(stored, failing).AcceptAsync(form, new("pcb", 1), ("scope", "key"), CancellationToken.None));
        }

        Assert.Empty(stored);
        Assert.Empty(FilesLeft());
    }

    [Fact]
    public async Task AcceptAsync_GrainsCannotBeReached_IsAcceptedAndLeftToRecovery()
    {
        var stored = new HashSet<Guid>();
        await using var form = await ReadAsync(File("a.bmp") + File("b.bmp"));

        var response = await Intake(stored, nameof(IFileGrain.ResumeAsync))
            .AcceptAsync(form, new("pcb", 1), ("scope", "key"), CancellationToken.None);

        Assert.Equal(stored.Order(), response.Items.Select(item => item.Id).Order());
        Assert.Equal(2, stored.Count);
        Assert.NotEmpty(FilesLeft());
    }

    private FileIntake Intake(HashSet<Guid> stored, string failing)
    {
        var grain = Fake.Of<IFileGrain>(Answer);
        return new(
            _objects, Fake.Of<ICatalog>(Answer), Fake.Of<IGrainFactory>((_, _) => grain), TimeProvider.System, NullLogger<FileIntake>.Instance);

        object? Answer(string method, object?[] args)
        {
            if (method == failing)
            {
                return Task.FromException<FileSnapshot>(new IOException("No."));
            }

            switch (method)
            {
                case nameof(ICatalog.AddFilesAsync):
                    stored.UnionWith(((IReadOnlyList<FileRow>)args[0]!).Select(row => row.Id));
                    break;
                case nameof(ICatalog.DeleteFileAsync):
                    stored.Remove((Guid)args[0]!);
                    break;
            }

            return Task.FromResult<FileSnapshot>(null!);
        }
    }

    private async Task<string> FingerprintAsync(string parts)
    {
        await using var form = await ReadAsync(parts);
        Assert.Null(form.Problem);
        return form.Fingerprint();
    }

    private async Task<UploadForm> ReadAsync(string parts, string end = $"--{Boundary}--\r\n")
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = $"multipart/form-data; boundary={Boundary}";
        request.Body = new MemoryStream(Encoding.Latin1.GetBytes(parts + end));
        var form = new UploadForm();
        try
        {
            await new UploadReader(new(_objects, _limits, Options.Create(new ImageLimits())), _limits).ReadAsync(MultipartBody.Open(request)!, form, CancellationToken.None);
            return form;
        }
        catch
        {
            await form.DisposeAsync();
            throw;
        }
    }

    private static string Bitmap => Encoding.Latin1.GetString(_bitmap);

    private static string File(string name, string? content = null) =>
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content ?? Bitmap}\r\n";

    private static string Field(string name, string value) =>
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

    private IEnumerable<string> FilesLeft() => Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories);
}
