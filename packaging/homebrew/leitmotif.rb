# The formula for a tap: the release's archives, which hold program, model and ONNX Runtime.
# `REPOSITORY` stands for the address in `repository` of Cargo.toml, and each hash for a line of SHA256SUMS:
# packaging/check.py --hashes SHA256SUMS writes both.
class Leitmotif < Formula
  desc "Find the themes that recur across interviews, with quotes and counts of people"
  homepage "REPOSITORY"
  version "0.1.0"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "REPOSITORY/releases/download/v0.1.0/leitmotif-0.1.0-macos-arm64.tar.gz"
      sha256 "0000000000000000000000000000000000000000000000000000000000000000"
    end
  end

  on_linux do
    on_intel do
      url "REPOSITORY/releases/download/v0.1.0/leitmotif-0.1.0-linux-x86_64.tar.gz"
      sha256 "0000000000000000000000000000000000000000000000000000000000000000"
    end
    on_arm do
      url "REPOSITORY/releases/download/v0.1.0/leitmotif-0.1.0-linux-aarch64.tar.gz"
      sha256 "0000000000000000000000000000000000000000000000000000000000000000"
    end
  end

  def install
    # The program looks for the library beside itself; bin only points there.
    libexec.install Dir["*"]
    bin.install_symlink libexec/"leitmotif"
    generate_completions_from_executable(bin/"leitmotif", "completions")
  end

  test do
    (testpath/"survey.csv").write <<~CSV
      respondent,answer
      1,"I like that I can swap my shifts on the telephone."
      2,"Swapping shifts is much easier than it was before."
    CSV
    assert_match "2 participants", shell_output("#{bin}/leitmotif inspect #{testpath}/survey.csv")
    assert_match "ONNX Runtime 1.24.4", shell_output("#{bin}/leitmotif --version")
  end
end
