"""Words that are no part of a concept's name: function words, verbs of scholarly prose, praise, and capitals that name no concept.

Invariant: data only, all in lower case but `NOT_NAMES`.
"""

from __future__ import annotations

from kg.extract.wordlist import words

_FUNCTION = """
a an the this that these those its their our his her my your some any each every all both either neither no not only such same other another
own many much more most few several various multiple different diverse numerous less least and or but nor yet so if then than as of in on at by
for with from to into onto over under between among across through during before after about against within without toward towards upon via per
like unlike including excluding using based given through along around despite except beyond regarding concerning versus vs while when where
whether which who whom whose what why how is are was were be been being am do does did done doing have has had having can could may might must
shall should will would it they we he she you i there here also too very just even still already often usually always never however thus hence
therefore moreover furthermore additionally finally first second third one two three four five six seven eight nine ten e.g i.e etc et al
because since although though unless until once again further especially particularly namely
"""
_VERBS = """
propose proposes proposed proposing present presents presented presenting introduce introduces introduced introducing develop develops developed
developing design designs designed designing show shows showed shown showing demonstrate demonstrates demonstrated demonstrating achieve achieves
achieved achieving improve improves improved improving outperform outperforms outperforming enable enables enabled enabling allow allows allowing
use uses used utilize utilizes utilizing utilized leverage leverages leveraging leveraged employ employs employing employed apply applies applied
applying perform performs performed performing provide provides provided providing require requires required requiring make makes made making
train trains trained evaluate evaluates evaluated evaluating compare compares compared comparing combine combines combined combining
integrate integrates integrating integrated address addresses addressing addressed tackle tackles tackling solve solves solving solved study
studies studied studying investigate investigates investigating explore explores exploring analyze analyzes analyzing examine examines examining
reduce reduces reducing reduced increase increases increasing increased enhance enhances enhancing enhanced exhibit exhibits support supports
supporting generate generates produces produce producing learn learns learned obtain obtains obtaining obtained find finds finding found
extend extends extending extended adapt adapts adapting become becomes remain remains suffer suffers rely relies relying consider considers
considering build builds building built create creates creating created incorporate incorporates incorporating capture captures capturing
contain contains containing include includes involve involves involving facilitate facilitates facilitating formulate formulates formulating
describe describes describing discuss discusses report reports reporting reported yield yields yielding offer offers offering lead leads leading
understand need needs seek seeks aim aims aiming call calls called named termed dubbed bridge bridging boost boosts unlock unlocking
advance advances advancing ensure ensures ensuring guide guides handle handles handling exploit exploits exploiting adopt adopts adopting
automate automates mitigating mitigate mitigates alleviate alleviates alleviating surpass surpasses surpassing beat beats accelerate
accelerates accelerating
framing explaining editing detecting predicting identifying optimizing aligning estimating classifying recognizing translating extracting selecting
assessing measuring quantifying removing replacing rethinking revisiting unifying connecting controlling defending discovering interpreting reshape
unknown examined simplified straightforward consolidate selected established existing proposed resulting underlying corresponding following previous
prior recent current traditional conventional available
"""
_PRAISE = """
novel new efficient effective simple powerful accurate fast faster better best good strong stronger superior promising popular common
standard typical general generic specific certain particular important key main major critical crucial essential fundamental significant
substantial
remarkable impressive notable competitive comparable state-of-the-art sota cutting-edge high higher low lower large-scale small-scale large
small big
real real-world practical complex challenging difficult easy easier overall entire whole full complete final initial original modern
advanced sophisticated
emerging rapid successful useful valuable rich extensive comprehensive thorough systematic innovative unique flexible scalable lightweight
reliable
high-quality high-performance low-cost cost-effective well-known widely-used off-the-shelf out-of-the-box end-user single individual separate
additional further extra related similar various downstream target desired potential possible able unified principled improved enhanced
training learning model robust automatic automated smaller larger scaling limited iterative baseline generalizable precise classical
interpretable
consistent deeper input vanilla auxiliary distinct theoretical minimal explicit nuanced output test appropriate complicated generalist
spurious correct base
form top-level general-purpose long-term short-term task-specific end-to-end fine-tuned out-of-domain in-domain sufficient proprietary
open-source
closed-source novice student teacher local internal stochastic optimization scaling understanding quality approach trajectory sample generation
underlying wide wider broad broader long short longer shorter great greater total average optimal suboptimal near-optimal human-like
human-level subsequent underexplored ongoing future early late daily year latest today
"""
STOP = words(_FUNCTION + _VERBS)
GENERIC = words(_PRAISE)

NOT_NAMES = words(
    """
SOTA SoTA NP-hard NP NP-complete L1 L2 I II III IV VI VII VIII IX US USA UK EU UN UAE NSF NIH DARPA IEEE ACM ACL EMNLP NAACL NeurIPS ICML
ICLR CVPR ICCV ECCV AAAI IJCAI COLING SIGIR
GPU GPUs CPU CPUs TPU TPUs NPU FPGA ASIC RAM DRAM SSD HBM CUDA API APIs URL HTML XML JSON PDF CSV SQL HTTP HTTPS OS iOS IoT WiFi USB RGB RGB-D
PhD MSc MIT STEM COVID COVID-19 SARS-CoV-2 DNA RNA MRI CT PET EEG ECG EHR EHRs ID IDs GB MB KB TB GHz MHz KHz Hz kHz FP16 FP32 FP8 INT8 INT4 BF16
2D 3D 4D 1D NVIDIA AMD Intel Google Microsoft Meta OpenAI Anthropic DeepMind Apple Amazon A100 H100 V100 T4 RTX A800 H800 OOD IID ID GUI
GUIs UI UX
CEO QR TODO FAQ FAQs TV DVD OK AM PM BC AD WWW README LaTeX TeX arXiv GitHub HuggingFace Huggingface We Our This The In To It However While For
These Those When As An At By On From With Although Despite Here There Then Thus Moreover Furthermore Additionally Finally First Second Third
Recent Recently Extensive Experimental Experiments Results Code Data Existing Many Most Such Specifically Inspired Based Given Using Under
Chinese English German French Spanish Japanese Korean Arabic Hindi Russian Bayesian Gaussian Markov Euclidean Riemannian Hilbert Monte Bernoulli
"""
)
